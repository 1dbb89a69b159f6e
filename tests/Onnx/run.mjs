// Runs an ONNX model: node run.mjs MODEL.onnx INPUTS.json
// INPUTS.json: {"rows": N, "inputs": {"name": [values]}}, where numbers are floats, null is NaN, and texts are strings.
// Prints {"PredictedLabel": [...], "Probability": [[...], ...]}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const ort = createRequire(import.meta.url)("onnxruntime-node");
const [model, file] = process.argv.slice(2);
const { rows, inputs } = JSON.parse(readFileSync(file, "utf8"));
const session = await ort.InferenceSession.create(model);
const feeds = {};
for (const [name, values] of Object.entries(inputs)) {
  feeds[name] = values.some((value) => typeof value === "string")
    ? new ort.Tensor("string", values, [rows, 1])
    : new ort.Tensor("float32", Float32Array.from(values, (value) => value ?? NaN), [rows, 1]);
}
const { PredictedLabel, Probability } = await session.run(feeds);
const width = Probability.dims[1];
const probabilities = Array.from({ length: rows }, (_, i) => [...Probability.data.slice(i * width, (i + 1) * width)]);
console.log(JSON.stringify({ PredictedLabel: [...PredictedLabel.data], Probability: probabilities }));
