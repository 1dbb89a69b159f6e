// Runs an ONNX model: node run.mjs MODEL.onnx INPUTS.json
// INPUTS.json: {"rows": N, "inputs": {"name": [values]}}, where numbers are floats, null is NaN, and texts are strings.
// With "sizes": {"name": [3, 32, 32]} an input has these sizes behind N instead of 1.
// Prints an object of the outputs: a list of N texts, or N lists of numbers.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const ort = createRequire(import.meta.url)("onnxruntime-node");
const [model, file] = process.argv.slice(2);
const { rows, inputs, sizes } = JSON.parse(readFileSync(file, "utf8"));
const session = await ort.InferenceSession.create(model);
const feeds = {};
for (const [name, values] of Object.entries(inputs)) {
  const shape = [rows, ...(sizes?.[name] ?? [1])];
  feeds[name] = values.some((value) => typeof value === "string")
    ? new ort.Tensor("string", values, shape)
    : new ort.Tensor("float32", Float32Array.from(values, (value) => value ?? NaN), shape);
}
const outputs = {};
for (const [name, { type, data }] of Object.entries(await session.run(feeds))) {
  const width = data.length / rows;
  outputs[name] = type === "string"
    ? [...data]
    : Array.from({ length: rows }, (_, i) => [...data.slice(i * width, (i + 1) * width)]);
}
console.log(JSON.stringify(outputs));
