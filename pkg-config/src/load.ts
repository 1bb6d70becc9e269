// From whatever `init` is given to a compiled module. Whatever goes wrong on the way becomes one sentence that names the address and
// what came from there; nothing is compiled or started in a way that keeps the page waiting.

/** Where the wasm is, or what it is. */
export type Source = URL | string | Request | Response | PromiseLike<Response> | BufferSource | WebAssembly.Module;

/** `init({ module })` is what the loaders of other packages are called with. */
export async function moduleOf(given: Source | { readonly module: Source }): Promise<WebAssembly.Module> {
  if (typeof WebAssembly !== "object") throw new Error("portform/slim cannot start: there is no WebAssembly here.");
  const source = await given;
  const kind = kindOf(source);
  switch (kind) {
    case "Module":
      return source as WebAssembly.Module;
    case "String":
    case "URL":
      return at(String(source));
    case "Request":
      return fetched(source as Request, (source as Request).url);
    case "Response":
      return received(source as Response, "");
    case "ArrayBuffer":
    case "SharedArrayBuffer":
      return compiled(new Uint8Array(source as ArrayBuffer), "the bytes given to init");
    default:
      if (ArrayBuffer.isView(source)) return compiled(new Uint8Array(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength), "the bytes given to init");
      if (kind === "Object" && "module" in (source as object)) return moduleOf((source as { readonly module: Source }).module);
      throw new TypeError("init takes an address (a text, a URL or a Request), a Response, the bytes of portform.wasm, or a WebAssembly.Module.");
  }
}

/** What it calls itself: it may come from another realm. */
function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1).replace(/^WebAssembly\./, "");
}

async function at(address: string): Promise<WebAssembly.Module> {
  const read = address.startsWith("file:") ? readerOf() : undefined;
  if (read === undefined) return fetched(address, address);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = read(address);
  } catch (cause) {
    throw new Error(`portform.wasm could not be read from ${address}.`, { cause });
  }
  return compiled(bytes, address);
}

/** Node cannot fetch a file. */
function readerOf(): ((address: string) => Uint8Array<ArrayBuffer>) | undefined {
  const node = (globalThis as { process?: { getBuiltinModule?(name: string): unknown } }).process;
  const files = node?.getBuiltinModule?.("node:fs") as { readFileSync(from: URL): Uint8Array<ArrayBuffer> } | undefined;
  return files === undefined ? undefined : (address) => files.readFileSync(new URL(address));
}

async function fetched(from: string | Request, address: string): Promise<WebAssembly.Module> {
  let response: Response;
  try {
    response = await fetch(from);
  } catch (cause) {
    throw new Error(`portform.wasm could not be loaded from ${address}: there was no answer.`, { cause });
  }
  return received(response, address);
}

async function received(response: Response, address: string): Promise<WebAssembly.Module> {
  const from = response.url || address || "the Response given to init";
  const type = response.headers.get("content-type") ?? "";
  const answered = `the answer was ${response.status}${type === "" ? " without a content type" : `, ${type}`}`;
  if (!response.ok) throw new Error(`portform.wasm could not be loaded from ${from}: ${answered}.`);
  let bytes: ArrayBuffer;
  try {
    if (typeof WebAssembly.compileStreaming === "function" && /^application\/wasm$/i.test(type)) return await WebAssembly.compileStreaming(response);
    bytes = await response.arrayBuffer();
  } catch (cause) {
    if (cause instanceof WebAssembly.CompileError) throw refused(from, `${answered}, and ${BROKEN}`, cause);
    throw new Error(`portform.wasm could not be loaded from ${from}: ${answered}, and broke off.`, { cause });
  }
  return compiled(new Uint8Array(bytes), from, `${answered}, and `);
}

async function compiled(bytes: Uint8Array<ArrayBuffer>, from: string, answered = ""): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    const what = isWasm(bytes) ? BROKEN : `its ${bytes.length} bytes are no WebAssembly${bytes[0] === 0x3c ? " but a page of HTML" : ""}`;
    throw refused(from, answered + what, cause);
  }
}

const BROKEN = "it does not compile: it is cut off or damaged, or the content security policy forbids it (it has to allow 'wasm-unsafe-eval')";

function refused(from: string, what: string, cause: unknown): Error {
  const error = new WebAssembly.CompileError(`portform.wasm could not be compiled from ${from}: ${what}.`);
  error.cause = cause;
  return error;
}

function isWasm(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;
}
