// What the samples of the documents take from modules of others that the project does not have.
declare module '@testing-library/react' {
  export const render: (ui: import('react').ReactElement) => void;
}

declare module 'vitest' {
  export const test: (name: string, run: () => Promise<void>) => void;
  export const vi: { fn(): (...values: unknown[]) => void };
  export const expect: (value: unknown) => { toEqual(value: unknown): void; toHaveBeenCalledWith(value: unknown): void };
}
