/** The token vectors of an embedded model, as `models/training/export.py` writes them: 4 bits a number. */
export interface Weights {
  readonly rows: number;
  readonly dimensions: number;
  /** Adds a row's numbers to those of `sum`. */
  addRow(row: number, sum: Float32Array): void;
}

/** The fields of onnx.proto that lead to a graph's constants. */
const ONNX = { graph: 7, initializer: 5, name: 8, rawData: 9 } as const;

/**
 * Reads the constants of the ONNX graph in `file`, which stay where they are; the graph itself is not run. A session
 * takes 60 MB and the library that opens it 45 MB and a second.
 * Throws for a file that is cut short or laid out otherwise. `test/` compares with the session.
 */
export function readWeights(file: Uint8Array): Weights {
  const constants = new Map<string, Uint8Array>();
  for (const graph of fieldsOf(file, ONNX.graph)) {
    for (const tensor of fieldsOf(graph, ONNX.initializer)) {
      const [name] = fieldsOf(tensor, ONNX.name);
      const [content] = fieldsOf(tensor, ONNX.rawData);
      if (name && content) constants.set(Buffer.from(name).toString(), content);
    }
  }
  const table = constants.get("table");
  const [scale, step] = [readFloats(constants.get("scale")), readFloats(constants.get("step"))[0]];
  const middle = constants.get("middle")?.[0];
  const half = table === undefined ? 0 : table.length / scale.length;
  if (!table || !Number.isInteger(half) || step === undefined || middle === undefined)
    throw new Error("its weights are not laid out as models/training/export.py does");
  return {
    rows: scale.length,
    dimensions: half * 2,
    addRow(row, sum) {
      const unit = scale[row]! * step;
      for (let d = 0; d < half; d++) {
        const byte = table[row * half + d]!;
        sum[d]! += (((byte << 4) & 0xff) - middle) * unit;
        sum[half + d]! += (byte - middle) * unit;
      }
    },
  };
}

/** The contents of those fields of a protobuf message that have this number and a length. */
function* fieldsOf(message: Uint8Array, wanted: number): Generator<Uint8Array> {
  let at = 0;
  const readVarint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message[at++];
      if (byte === undefined) throw new Error("its weights are cut short");
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const key = readVarint();
    const kind = key % 8;
    if (kind === 0) readVarint();
    else {
      const length = kind === 1 ? 8 : kind === 5 ? 4 : readVarint();
      if (at + length > message.length) throw new Error("its weights are cut short");
      if (kind === 2 && key >> 3 === wanted) yield message.subarray(at, at + length);
      at += length;
    }
  }
}

/** A copy, because the file's bytes may lie anywhere. */
function readFloats(bytes: Uint8Array = new Uint8Array(0)): Float32Array {
  return new Float32Array(new Uint8Array(bytes).buffer, 0, bytes.length >> 2);
}
