/** A style sheet of `countersign/styles/`, for `import 'countersign/styles/page.css'`. */
export {};
