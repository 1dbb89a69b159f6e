// Signatures that the adapter's tests use, read from the public source of Microsoft.ML.OnnxTransformer 5.0.0
// (dotnet/machinelearning, tag v5.0.0), in the files named below.
using System;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;

namespace Microsoft.ML
{
    // src/Microsoft.ML.OnnxTransformer/OnnxCatalog.cs
    public static class OnnxCatalog
    {
        public static OnnxScoringEstimator ApplyOnnxModel(
            this TransformsCatalog catalog, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false) =>
            throw null;
    }
}

namespace Microsoft.ML.Transforms.Onnx
{
    // src/Microsoft.ML.OnnxTransformer/OnnxTransform.cs
    public sealed class OnnxScoringEstimator : TrivialEstimator<OnnxTransformer>
    {
        internal OnnxScoringEstimator() => throw null;

        public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw null;
    }

    // src/Microsoft.ML.OnnxTransformer/OnnxTransform.cs
    public sealed class OnnxTransformer : RowToRowTransformerBase, IDisposable
    {
        internal OnnxTransformer() => throw null;

        public void Dispose() => throw null;
    }
}
