/** The address of `countersign/widget.wasm` or `countersign/stytch.wasm`, as bundlers give it, for `configureWasm()`. */
declare const address: string;
export default address;
