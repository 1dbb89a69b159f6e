// Signatures that the adapter uses, read from the public source of Microsoft.ML 5.0.0 (dotnet/machinelearning, tag
// v5.0.0), in the files named below.
using System;
using System.Collections.Generic;
using System.IO;
using System.Collections.Immutable;
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
    // src/Microsoft.ML.Data/TrainCatalog.cs
    public sealed class BinaryClassificationCatalog : TrainCatalogBase
    {
        internal BinaryClassificationCatalog() => throw null;

        public BinaryClassificationCatalog.BinaryClassificationTrainers Trainers => throw null;

        public CalibratedBinaryClassificationMetrics Evaluate(
            IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score",
            string probabilityColumnName = "Probability",
            string predictedLabelColumnName = "PredictedLabel") => throw null;

        public sealed class BinaryClassificationTrainers : TrainCatalogBase.CatalogInstantiatorBase
        {
            internal BinaryClassificationTrainers() => throw null;
        }
    }

    // src/Microsoft.ML.Data/Transforms/ConversionsExtensionsCatalog.cs
    public static class ConversionsExtensionsCatalog
    {
        public static ValueMappingEstimator<TInputType, TOutputType> MapValue<TInputType, TOutputType>(
            this TransformsCatalog.ConversionTransforms catalog, string outputColumnName,
            IEnumerable<KeyValuePair<TInputType, TOutputType>> keyValuePairs, string inputColumnName = null,
            bool treatValuesAsKeyType = false) => throw null;

        public static ValueMappingEstimator MapValue(
            this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, IDataView lookupMap,
            DataViewSchema.Column keyColumn, DataViewSchema.Column valueColumn,
            string inputColumnName = null) => throw null;

        public static ValueToKeyMappingEstimator MapValueToKey(
            this TransformsCatalog.ConversionTransforms catalog, string outputColumnName,
            string inputColumnName = null, int maximumNumberOfKeys = 1000000,
            ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality =
                ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
            bool addKeyValueAnnotationsAsText = false, IDataView keyData = null) => throw null;

        public static KeyToValueMappingEstimator MapKeyToValue(
            this TransformsCatalog.ConversionTransforms catalog, string outputColumnName,
            string inputColumnName = null) => throw null;
    }

    // src/Microsoft.ML.Data/DataLoadSave/DataOperationsCatalog.cs
    public sealed class DataOperationsCatalog
    {
        internal DataOperationsCatalog() => throw null;

        public DataOperationsCatalog.TrainTestData TrainTestSplit(
            IDataView data, double testFraction = 0.1, string samplingKeyColumnName = null,
            int? seed = null) => throw null;

        public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, SchemaDefinition schemaDefinition = null)
            where TRow : class => throw null;

        public IDataView Cache(IDataView input, params string[] columnsToPrefetch) => throw null;

        public IDataView TakeRows(IDataView input, long count) => throw null;

        public struct TrainTestData
        {
            public readonly IDataView TrainSet;

            public readonly IDataView TestSet;
        }
    }

    // src/Microsoft.ML.Data/DebuggerExtensions.cs
    public static class DebuggerExtensions
    {
        public static DataDebuggerPreview Preview(this IDataView data, int maxRows = 100) => throw null;
    }

    // src/Microsoft.ML.Data/Prediction/IPredictionTransformer.cs
    public interface IPredictionTransformer<out TModel> : ITransformer, ICanSaveModel
        where TModel : class
    {
        TModel Model { get; }
    }

    // src/Microsoft.ML.Data/Prediction/IPredictionTransformer.cs
    public interface ISingleFeaturePredictionTransformer<out TModel>
        : IPredictionTransformer<TModel>, ITransformer, ICanSaveModel
        where TModel : class
    {
        string FeatureColumnName { get; }

        DataViewType FeatureColumnType { get; }
    }

    // src/Microsoft.ML.Data/DataLoadSave/EstimatorExtensions.cs
    public static class LearningPipelineExtensions
    {
        public static EstimatorChain<TTrans> Append<TTrans>(
            this IEstimator<ITransformer> start, IEstimator<TTrans> estimator,
            TransformerScope scope = TransformerScope.Everything)
            where TTrans : class, ITransformer => throw null;
    }

    // src/Microsoft.ML.Data/LoggingEventArgs.cs
    public class LoggingEventArgs : EventArgs
    {
        internal LoggingEventArgs() => throw null;

        public string Message => throw null;
    }

    // src/Microsoft.ML.Data/MLContext.cs
    public sealed class MLContext : IHostEnvironment, IChannelProvider, IExceptionContext, IProgressChannelProvider
    {
        internal MLContext() => throw null;

        public DataOperationsCatalog Data => throw null;

        public TransformsCatalog Transforms => throw null;

        public MulticlassClassificationCatalog MulticlassClassification => throw null;

        public ComponentCatalog ComponentCatalog => throw null;

        public MLContext(int? seed = null) => throw null;

        public ModelOperationsCatalog Model => throw null;

        public BinaryClassificationCatalog BinaryClassification => throw null;

        public event EventHandler<LoggingEventArgs> Log { add => throw null; remove => throw null; }

        IHost IHostEnvironment.Register(string name, int? seed, bool? verbose) => throw null;

        IChannel IChannelProvider.Start(string name) => throw null;

        IPipe<TMessage> IChannelProvider.StartPipe<TMessage>(string name) => throw null;

        TException IExceptionContext.Process<TException>(TException ex) => throw null;

        string IExceptionContext.ContextDescription => throw null;

        IProgressChannel IProgressChannelProvider.StartProgressChannel(string name) => throw null;
    }

    // src/Microsoft.ML.Data/Model/ModelOperationsCatalog.cs
    public sealed class ModelOperationsCatalog
    {
        internal ModelOperationsCatalog() => throw null;

        public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(
            ITransformer transformer, bool ignoreMissingColumns = true,
            SchemaDefinition inputSchemaDefinition = null, SchemaDefinition outputSchemaDefinition = null)
            where TSrc : class
            where TDst : class, new() => throw null;

        public void Save(ITransformer model, DataViewSchema inputSchema, Stream stream) => throw null;

        public ITransformer Load(Stream stream, out DataViewSchema inputSchema) => throw null;

        public ITransformer Load(string filePath, out DataViewSchema inputSchema) => throw null;

        public void Save(ITransformer model, DataViewSchema inputSchema, string filePath) => throw null;
    }

    // src/Microsoft.ML.Data/TrainCatalog.cs
    public sealed class MulticlassClassificationCatalog : TrainCatalogBase
    {
        internal MulticlassClassificationCatalog() => throw null;

        public MulticlassClassificationCatalog.MulticlassClassificationTrainers Trainers => throw null;

        public MulticlassClassificationMetrics Evaluate(
            IDataView data, string labelColumnName = "Label", string scoreColumnName = "Score",
            string predictedLabelColumnName = "PredictedLabel", int topKPredictionCount = 0) => throw null;

        public IReadOnlyList<TrainCatalogBase.CrossValidationResult<MulticlassClassificationMetrics>> CrossValidate(
            IDataView data, IEstimator<ITransformer> estimator, int numberOfFolds = 5,
            string labelColumnName = "Label", string samplingKeyColumnName = null, int? seed = null) => throw null;

        public sealed class MulticlassClassificationTrainers : TrainCatalogBase.CatalogInstantiatorBase
        {
            internal MulticlassClassificationTrainers() => throw null;
        }
    }

    // src/Microsoft.ML.Data/Prediction/PredictionEngine.cs
    public sealed class PredictionEngine<TSrc, TDst> : PredictionEngineBase<TSrc, TDst>
        where TSrc : class
        where TDst : class, new()
    {
        internal PredictionEngine() => throw null;

        public override void Predict(TSrc example, ref TDst prediction) => throw null;
    }

    // src/Microsoft.ML.Data/Prediction/PredictionEngine.cs
    public abstract class PredictionEngineBase<TSrc, TDst> : IDisposable
        where TSrc : class
        where TDst : class, new()
    {
        internal PredictionEngineBase() => throw null;

        public TDst Predict(TSrc example) => throw null;

        public abstract void Predict(TSrc example, ref TDst prediction);

        void IDisposable.Dispose() => throw null;
    }

    // src/Microsoft.ML.Data/TrainCatalog.cs
    public abstract class TrainCatalogBase
    {
        internal TrainCatalogBase() => throw null;

        public abstract class CatalogInstantiatorBase
        {
            internal CatalogInstantiatorBase() => throw null;
        }

        public sealed class CrossValidationResult<T>
            where T : class
        {
            internal CrossValidationResult() => throw null;

            public readonly T Metrics;
        }
    }

    // src/Microsoft.ML.Data/Transforms/ExtensionsCatalog.cs
    public static class TransformExtensionsCatalog
    {
        public static ColumnSelectingEstimator SelectColumns(
            this TransformsCatalog catalog, params string[] columnNames) => throw null;

        public static ColumnCopyingEstimator CopyColumns(
            this TransformsCatalog catalog, string outputColumnName, string inputColumnName) => throw null;

        public static ColumnSelectingEstimator DropColumns(
            this TransformsCatalog catalog, params string[] columnNames) => throw null;

        public static ColumnConcatenatingEstimator Concatenate(
            this TransformsCatalog catalog, string outputColumnName, params string[] inputColumnNames) => throw null;
    }

    // src/Microsoft.ML.Data/Transforms/TransformsCatalog.cs
    public sealed class TransformsCatalog
    {
        internal TransformsCatalog() => throw null;

        public TransformsCatalog.ConversionTransforms Conversion => throw null;

        public sealed class ConversionTransforms
        {
            internal ConversionTransforms() => throw null;
        }
    }
}

namespace Microsoft.ML.Data
{
    // src/Microsoft.ML.Data/Evaluators/Metrics/BinaryClassificationMetrics.cs
    public class BinaryClassificationMetrics
    {
        internal BinaryClassificationMetrics() => throw null;

        public double Accuracy => throw null;

        public double AreaUnderRocCurve => throw null;
    }

    // src/Microsoft.ML.Data/Evaluators/Metrics/CalibratedBinaryClassificationMetrics.cs
    public sealed class CalibratedBinaryClassificationMetrics : BinaryClassificationMetrics
    {
        internal CalibratedBinaryClassificationMetrics() => throw null;
    }

    // src/Microsoft.ML.Data/Transforms/ColumnConcatenatingTransformer.cs
    public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase
    {
        internal ColumnConcatenatingTransformer() => throw null;
    }

    // src/Microsoft.ML.Data/Data/SchemaDefinition.cs
    [AttributeUsage((AttributeTargets)384)]
    public sealed class ColumnNameAttribute : Attribute
    {
        internal ColumnNameAttribute() => throw null;

        public ColumnNameAttribute(string name) => throw null;
    }

    // src/Microsoft.ML.Data/DataDebuggerPreview.cs
    public sealed class DataDebuggerPreview
    {
        internal DataDebuggerPreview() => throw null;

        public ImmutableArray<DataDebuggerPreview.RowInfo> RowView => throw null;

        public sealed class RowInfo
        {
            internal RowInfo() => throw null;
        }
    }

    // src/Microsoft.ML.Data/DataLoadSave/EstimatorChain.cs
    public sealed class EstimatorChain<TLastTransformer> : IEstimator<TransformerChain<TLastTransformer>>
        where TLastTransformer : class, ITransformer
    {
        public EstimatorChain() => throw null;

        public EstimatorChain<TNewTrans> Append<TNewTrans>(
            IEstimator<TNewTrans> estimator, TransformerScope scope = TransformerScope.Everything)
            where TNewTrans : class, ITransformer => throw null;

        public TransformerChain<TLastTransformer> Fit(IDataView input) => throw null;

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw null;
    }

    // src/Microsoft.ML.Data/Evaluators/Metrics/MulticlassClassificationMetrics.cs
    public sealed class MulticlassClassificationMetrics
    {
        internal MulticlassClassificationMetrics() => throw null;

        public double MicroAccuracy => throw null;

        public double LogLoss => throw null;
    }

    // src/Microsoft.ML.Data/Scorers/PredictionTransformer.cs
    public sealed class MulticlassPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel>
        where TModel : class
    {
        internal MulticlassPredictionTransformer() => throw null;
    }

    // src/Microsoft.ML.Data/Transforms/OneToOneTransformerBase.cs
    public abstract class OneToOneTransformerBase : RowToRowTransformerBase
    {
        internal OneToOneTransformerBase() => throw null;
    }

    // src/Microsoft.ML.Data/Scorers/PredictionTransformer.cs
    public abstract class PredictionTransformerBase<TModel>
        : IPredictionTransformer<TModel>, ITransformer, ICanSaveModel, IDisposable
        where TModel : class
    {
        internal PredictionTransformerBase() => throw null;

        public TModel Model => throw null;

        public abstract DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

        public IDataView Transform(IDataView input) => throw null;

        IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => throw null;

        bool ITransformer.IsRowToRowMapper => throw null;

        void ICanSaveModel.Save(ModelSaveContext ctx) => throw null;

        void IDisposable.Dispose() => throw null;
    }

    // src/Microsoft.ML.Data/Transforms/RowToRowTransformerBase.cs
    public abstract class RowToRowTransformerBase : ITransformer, ICanSaveModel
    {
        internal RowToRowTransformerBase() => throw null;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => throw null;

        public IDataView Transform(IDataView input) => throw null;

        IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => throw null;

        bool ITransformer.IsRowToRowMapper => throw null;

        void ICanSaveModel.Save(ModelSaveContext ctx) => throw null;
    }

    // src/Microsoft.ML.Data/Data/SchemaAnnotationsExtensions.cs
    public static class SchemaAnnotationsExtensions
    {
        public static void GetSlotNames(
            this DataViewSchema.Column column, ref VBuffer<ReadOnlyMemory<char>> slotNames) => throw null;
    }

    // src/Microsoft.ML.Data/Data/SchemaDefinition.cs
    public sealed class SchemaDefinition : List<SchemaDefinition.Column>
    {
        internal SchemaDefinition() => throw null;

        public static SchemaDefinition Create(
            Type userType, SchemaDefinition.Direction direction = SchemaDefinition.Direction.Both) => throw null;

        public SchemaDefinition.Column this[string columnName] { get => throw null; set => throw null; }

        public enum Direction
        {
            Read = 1,
            Write = 2,
            Both = 3,
        }

        public sealed class Column
        {
            internal Column() => throw null;

            public DataViewType ColumnType { get => throw null; set => throw null; }

            public void AddAnnotation<T>(string kind, T value, DataViewType annotationType) => throw null;
        }
    }

    // src/Microsoft.ML.Data/Scorers/PredictionTransformer.cs
    public abstract class SingleFeaturePredictionTransformerBase<TModel>
        : PredictionTransformerBase<TModel>, ISingleFeaturePredictionTransformer<TModel>,
            IPredictionTransformer<TModel>, ITransformer, ICanSaveModel
        where TModel : class
    {
        internal SingleFeaturePredictionTransformerBase() => throw null;

        public string FeatureColumnName => throw null;

        public DataViewType FeatureColumnType => throw null;

        public sealed override DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => throw null;
    }

    // src/Microsoft.ML.Data/DataLoadSave/TransformerChain.cs
    public sealed class TransformerChain<TLastTransformer>
        : ITransformer, ICanSaveModel, IEnumerable<ITransformer>, IDisposable
        where TLastTransformer : class, ITransformer
    {
        internal TransformerChain() => throw null;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => throw null;

        public IDataView Transform(IDataView input) => throw null;

        public readonly TLastTransformer LastTransformer;

        IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => throw null;

        bool ITransformer.IsRowToRowMapper => throw null;

        void ICanSaveModel.Save(ModelSaveContext ctx) => throw null;

        public IEnumerator<ITransformer> GetEnumerator() => throw null;

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw null;

        void IDisposable.Dispose() => throw null;
    }

    // src/Microsoft.ML.Data/DataLoadSave/TransformerChain.cs
    public enum TransformerScope
    {
        None = 0,
        Training = 1,
        Testing = 2,
        Scoring = 4,
        TrainTest = 3,
        Everything = 7,
    }

    // src/Microsoft.ML.Data/DataLoadSave/TrivialEstimator.cs
    public abstract class TrivialEstimator<TTransformer> : IEstimator<TTransformer>
        where TTransformer : class, ITransformer
    {
        internal TrivialEstimator() => throw null;

        public TTransformer Fit(IDataView input) => throw null;

        public abstract SchemaShape GetOutputSchema(SchemaShape inputSchema);
    }

    // src/Microsoft.ML.Data/Data/SchemaDefinition.cs
    [AttributeUsage((AttributeTargets)384)]
    public sealed class VectorTypeAttribute : Attribute
    {
        public VectorTypeAttribute() => throw null;

        public VectorTypeAttribute(int size) => throw null;
    }
}

namespace Microsoft.ML.Trainers
{
    // src/Microsoft.ML.Data/Training/ITrainerEstimator.cs
    public interface ITrainerEstimator<out TTransformer, out TModel> : IEstimator<TTransformer>
        where TTransformer : IPredictionTransformer<TModel>
        where TModel : class
    {
        TrainerInfo Info { get; }
    }

    // src/Microsoft.ML.Data/Dirty/ModelParametersBase.cs
    public abstract class ModelParametersBase<TOutput> : ICanSaveModel
    {
        internal ModelParametersBase() => throw null;

        void ICanSaveModel.Save(ModelSaveContext ctx) => throw null;
    }

    // src/Microsoft.ML.Data/Training/TrainerEstimatorBase.cs
    public abstract class TrainerEstimatorBase<TTransformer, TModel>
        : ITrainerEstimator<TTransformer, TModel>, IEstimator<TTransformer>
        where TTransformer : ISingleFeaturePredictionTransformer<TModel>
        where TModel : class
    {
        internal TrainerEstimatorBase() => throw null;

        public TrainerInfo Info => throw null;

        public TTransformer Fit(IDataView input) => throw null;

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw null;
    }

    // src/Microsoft.ML.Data/Training/TrainerInputBase.cs
    public abstract class TrainerInputBase
    {
        internal TrainerInputBase() => throw null;
    }

    // src/Microsoft.ML.Data/Training/TrainerInputBase.cs
    public abstract class TrainerInputBaseWithLabel : TrainerInputBase
    {
        internal TrainerInputBaseWithLabel() => throw null;
    }

    // src/Microsoft.ML.Data/Training/TrainerInputBase.cs
    public abstract class TrainerInputBaseWithWeight : TrainerInputBaseWithLabel
    {
        internal TrainerInputBaseWithWeight() => throw null;
    }
}

namespace Microsoft.ML.Transforms
{
    // src/Microsoft.ML.Data/Transforms/ColumnConcatenatingEstimator.cs
    public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
    {
        internal ColumnConcatenatingEstimator() => throw null;

        public ColumnConcatenatingTransformer Fit(IDataView input) => throw null;

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw null;
    }

    // src/Microsoft.ML.Data/Transforms/ColumnCopying.cs
    public sealed class ColumnCopyingEstimator : TrivialEstimator<ColumnCopyingTransformer>
    {
        internal ColumnCopyingEstimator() => throw null;

        public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw null;
    }

    // src/Microsoft.ML.Data/Transforms/ColumnCopying.cs
    public sealed class ColumnCopyingTransformer : OneToOneTransformerBase
    {
        internal ColumnCopyingTransformer() => throw null;
    }

    // src/Microsoft.ML.Data/Transforms/ColumnSelecting.cs
    public sealed class ColumnSelectingEstimator : TrivialEstimator<ColumnSelectingTransformer>
    {
        internal ColumnSelectingEstimator() => throw null;

        public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw null;
    }

    // src/Microsoft.ML.Data/Transforms/ColumnSelecting.cs
    public sealed class ColumnSelectingTransformer : ITransformer, ICanSaveModel
    {
        internal ColumnSelectingTransformer() => throw null;

        public IDataView Transform(IDataView input) => throw null;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => throw null;

        IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => throw null;

        bool ITransformer.IsRowToRowMapper => throw null;

        void ICanSaveModel.Save(ModelSaveContext ctx) => throw null;
    }

    // src/Microsoft.ML.Data/Transforms/KeyToValue.cs
    public sealed class KeyToValueMappingEstimator : TrivialEstimator<KeyToValueMappingTransformer>
    {
        internal KeyToValueMappingEstimator() => throw null;

        public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw null;
    }

    // src/Microsoft.ML.Data/Transforms/KeyToValue.cs
    public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase
    {
        internal KeyToValueMappingTransformer() => throw null;
    }

    // src/Microsoft.ML.Data/Transforms/Normalizer.cs
    public sealed class NormalizingEstimator : IEstimator<NormalizingTransformer>
    {
        internal NormalizingEstimator() => throw null;

        public NormalizingTransformer Fit(IDataView input) => throw null;

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw null;
    }

    // src/Microsoft.ML.Data/Transforms/Normalizer.cs
    public sealed class NormalizingTransformer : OneToOneTransformerBase
    {
        internal NormalizingTransformer() => throw null;
    }

    // src/Microsoft.ML.Data/Transforms/ValueMapping.cs
    public class ValueMappingEstimator : TrivialEstimator<ValueMappingTransformer>
    {
        internal ValueMappingEstimator() => throw null;

        public sealed override SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw null;
    }

    // src/Microsoft.ML.Data/Transforms/ValueMapping.cs
    public sealed class ValueMappingEstimator<TKey, TValue> : ValueMappingEstimator
    {
        internal ValueMappingEstimator() => throw null;
    }

    // src/Microsoft.ML.Data/Transforms/ValueMapping.cs
    public class ValueMappingTransformer : OneToOneTransformerBase
    {
        internal ValueMappingTransformer() => throw null;
    }

    // src/Microsoft.ML.Data/Transforms/ValueToKeyMappingEstimator.cs
    public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
    {
        internal ValueToKeyMappingEstimator() => throw null;

        public ValueToKeyMappingTransformer Fit(IDataView input) => throw null;

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw null;

        public enum KeyOrdinality : byte
        {
            ByOccurrence = 0,
            ByValue = 1,
        }
    }

    // src/Microsoft.ML.Data/Transforms/ValueToKeyMappingTransformerImpl.cs
    public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
    {
        internal ValueToKeyMappingTransformer() => throw null;
    }
}
