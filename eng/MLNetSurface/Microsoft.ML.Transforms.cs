// Signatures that the adapter uses, read from the public source of Microsoft.ML 5.0.0 (dotnet/machinelearning, tag
// v5.0.0), in the files named below.
using System;
using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SearchSpace;
using Microsoft.ML.SearchSpace.Option;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace Microsoft.ML
{
    // src/Microsoft.ML.Transforms/CustomMappingCatalog.cs
    public static class CustomMappingCatalog
    {
        public static CustomMappingEstimator<TSrc, TDst> CustomMapping<TSrc, TDst>(
            this TransformsCatalog catalog, Action<TSrc, TDst> mapAction, string contractName,
            SchemaDefinition inputSchemaDefinition = null, SchemaDefinition outputSchemaDefinition = null)
            where TSrc : class, new()
            where TDst : class, new() => throw null;
    }

    // src/Microsoft.ML.Transforms/ExpressionCatalog.cs
    public static class ExpressionCatalog
    {
        public static ExpressionEstimator Expression(
            this TransformsCatalog catalog, string outputColumnName, string expression,
            params string[] inputColumnNames) => throw null;
    }

    // src/Microsoft.ML.Transforms/NormalizerCatalog.cs
    public static class NormalizationCatalog
    {
        public static NormalizingEstimator NormalizeMinMax(
            this TransformsCatalog catalog, string outputColumnName, string inputColumnName = null,
            long maximumExampleCount = 1000000000, bool fixZero = true) => throw null;
    }
}

namespace Microsoft.ML.Transforms
{
    // src/Microsoft.ML.Transforms/CustomMappingTransformer.cs
    public sealed class CustomMappingEstimator<TSrc, TDst> : TrivialEstimator<CustomMappingTransformer<TSrc, TDst>>
        where TSrc : class, new()
        where TDst : class, new()
    {
        internal CustomMappingEstimator() => throw null;

        public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw null;
    }

    // src/Microsoft.ML.Transforms/CustomMappingFactory.cs
    public abstract class CustomMappingFactory<TSrc, TDst>
        where TSrc : class, new()
        where TDst : class, new()
    {
        protected CustomMappingFactory() => throw null;

        public abstract Action<TSrc, TDst> GetMapping();
    }

    // src/Microsoft.ML.Transforms/CustomMappingFactory.cs
    [AttributeUsage((AttributeTargets)4)]
    public sealed class CustomMappingFactoryAttributeAttribute : ExtensionBaseAttribute
    {
        internal CustomMappingFactoryAttributeAttribute() => throw null;

        public CustomMappingFactoryAttributeAttribute(string contractName) => throw null;
    }

    // src/Microsoft.ML.Transforms/CustomMappingTransformer.cs
    public sealed class CustomMappingTransformer<TSrc, TDst> : ITransformer, ICanSaveModel
        where TSrc : class, new()
        where TDst : class, new()
    {
        internal CustomMappingTransformer() => throw null;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => throw null;

        public IDataView Transform(IDataView input) => throw null;

        IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => throw null;

        bool ITransformer.IsRowToRowMapper => throw null;

        void ICanSaveModel.Save(ModelSaveContext ctx) => throw null;
    }

    // src/Microsoft.ML.Transforms/ExpressionTransformer.cs
    public sealed class ExpressionEstimator : IEstimator<ExpressionTransformer>
    {
        internal ExpressionEstimator() => throw null;

        public ExpressionTransformer Fit(IDataView input) => throw null;

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw null;
    }

    // src/Microsoft.ML.Transforms/ExpressionTransformer.cs
    public sealed class ExpressionTransformer : RowToRowTransformerBase
    {
        internal ExpressionTransformer() => throw null;
    }
}
