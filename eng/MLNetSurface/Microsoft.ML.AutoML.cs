// Signatures that the adapter uses, read from the public source of Microsoft.ML 5.0.0 (dotnet/machinelearning, tag
// v5.0.0), in the files named below.
using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SearchSpace;
using Microsoft.ML.SearchSpace.Option;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.AutoML
{
    // src/Microsoft.ML.AutoML/API/AutoCatalog.cs
    public sealed class AutoCatalog
    {
        internal AutoCatalog() => throw null;

        public SweepableEstimator CreateSweepableEstimator<T>(
            Func<MLContext, T, IEstimator<ITransformer>> factory, SearchSpace<T> ss = null)
            where T : class, new() => throw null;

        public MulticlassClassificationExperiment CreateMulticlassClassificationExperiment(
            MulticlassExperimentSettings experimentSettings) => throw null;

        public AutoMLExperiment CreateExperiment(
            AutoMLExperiment.AutoMLExperimentSettings settings = null) => throw null;
    }

    // src/Microsoft.ML.AutoML/AutoMLExperiment/AutoMLExperiment.cs
    public class AutoMLExperiment
    {
        internal AutoMLExperiment() => throw null;

        public AutoMLExperiment SetTrainingTimeInSeconds(uint trainingTimeInSeconds) => throw null;

        public Task<TrialResult> RunAsync(CancellationToken ct = default) => throw null;

        public AutoMLExperiment SetMaxModelToExplore(int maxModel) => throw null;

        public class AutoMLExperimentSettings : ExperimentSettings
        {
            public AutoMLExperimentSettings() => throw null;
        }
    }

    // src/Microsoft.ML.AutoML/API/AutoMLExperimentExtension.cs
    public static class AutoMLExperimentExtension
    {
        public static AutoMLExperiment SetPipeline(
            this AutoMLExperiment experiment, SweepablePipeline pipeline) => throw null;

        public static AutoMLExperiment SetDataset(
            this AutoMLExperiment experiment,
            DataOperationsCatalog.TrainTestData trainValidationSplit) => throw null;

        public static AutoMLExperiment SetMulticlassClassificationMetric(
            this AutoMLExperiment experiment, MulticlassClassificationMetric metric, string labelColumn = "label",
            string predictedColumn = "PredictedLabel") => throw null;
    }

    // src/Microsoft.ML.AutoML/SweepableEstimator/Estimator.cs
    public class Estimator
    {
        protected Estimator() => throw null;
    }

    // src/Microsoft.ML.AutoML/API/ExperimentBase.cs
    public abstract class ExperimentBase<TMetrics, TExperimentSettings>
        where TMetrics : class
        where TExperimentSettings : ExperimentSettings
    {
        internal ExperimentBase() => throw null;

        public virtual ExperimentResult<TMetrics> Execute(
            IDataView trainData, string labelColumnName = "Label", string samplingKeyColumn = null,
            IEstimator<ITransformer> preFeaturizer = null,
            IProgress<RunDetail<TMetrics>> progressHandler = null) => throw null;
    }

    // src/Microsoft.ML.AutoML/API/ExperimentResults/ExperimentResult.cs
    public class ExperimentResult<TMetrics>
    {
        internal ExperimentResult() => throw null;

        public readonly RunDetail<TMetrics> BestRun;
    }

    // src/Microsoft.ML.AutoML/API/ExperimentSettings.cs
    public abstract class ExperimentSettings
    {
        public ExperimentSettings() => throw null;

        public uint MaxExperimentTimeInSeconds { get => throw null; set => throw null; }
    }

    // src/Microsoft.ML.AutoML/SweepableEstimator/ISweepable.cs
    public interface ISweepable
    {
        SearchSpace.SearchSpace SearchSpace { get; }
    }

    // src/Microsoft.ML.AutoML/SweepableEstimator/ISweepable.cs
    public interface ISweepable<out T> : ISweepable
        where T : IEstimator<ITransformer>
    {
        T BuildFromOption(MLContext context, Parameter parameter);
    }

    // src/Microsoft.ML.AutoML/API/MLContextExtension.cs
    public static class MLContextExtension
    {
        public static AutoCatalog Auto(this MLContext mlContext) => throw null;
    }

    // src/Microsoft.ML.AutoML/API/MulticlassClassificationExperiment.cs
    public sealed class MulticlassClassificationExperiment
        : ExperimentBase<MulticlassClassificationMetrics, MulticlassExperimentSettings>
    {
        internal MulticlassClassificationExperiment() => throw null;
    }

    // src/Microsoft.ML.AutoML/API/MulticlassClassificationExperiment.cs
    public enum MulticlassClassificationMetric
    {
        MicroAccuracy = 0,
        MacroAccuracy = 1,
        LogLoss = 2,
        LogLossReduction = 3,
        TopKAccuracy = 4,
    }

    // src/Microsoft.ML.AutoML/API/MulticlassClassificationExperiment.cs
    public enum MulticlassClassificationTrainer
    {
        FastForestOva = 0,
        FastTreeOva = 1,
        LightGbm = 2,
        LbfgsMaximumEntropy = 3,
        LbfgsLogisticRegressionOva = 4,
        SdcaMaximumEntropy = 5,
    }

    // src/Microsoft.ML.AutoML/API/MulticlassClassificationExperiment.cs
    public sealed class MulticlassExperimentSettings : ExperimentSettings
    {
        public MulticlassExperimentSettings() => throw null;

        public ICollection<MulticlassClassificationTrainer> Trainers => throw null;
    }

    // src/Microsoft.ML.AutoML/API/RunDetails/RunDetail.cs
    public abstract class RunDetail
    {
        internal RunDetail() => throw null;
    }

    // src/Microsoft.ML.AutoML/API/RunDetails/RunDetail.cs
    public sealed class RunDetail<TMetrics> : RunDetail
    {
        internal RunDetail() => throw null;

        public ITransformer Model => throw null;
    }

    // src/Microsoft.ML.AutoML/SweepableEstimator/SweepableEstimator.cs
    public class SweepableEstimator : Estimator, ISweepable<IEstimator<ITransformer>>, ISweepable
    {
        protected SweepableEstimator() => throw null;

        public virtual IEstimator<ITransformer> BuildFromOption(MLContext context, Parameter param) => throw null;

        public SearchSpace.SearchSpace SearchSpace { get => throw null; set => throw null; }
    }

    // src/Microsoft.ML.AutoML/API/SweepableExtension.cs
    public static class SweepableExtension
    {
        public static SweepablePipeline Append(
            this IEstimator<ITransformer> estimator, params SweepableEstimator[] estimators) => throw null;
    }

    // src/Microsoft.ML.AutoML/SweepableEstimator/SweepablePipeline.cs
    public class SweepablePipeline : ISweepable<EstimatorChain<ITransformer>>, ISweepable
    {
        internal SweepablePipeline() => throw null;

        public EstimatorChain<ITransformer> BuildFromOption(MLContext context, Parameter parameter) => throw null;

        public SearchSpace.SearchSpace SearchSpace => throw null;
    }

    // src/Microsoft.ML.AutoML/AutoMLExperiment/TrialResult.cs
    public class TrialResult
    {
        public TrialResult() => throw null;

        public double Metric { get => throw null; set => throw null; }

        public ITransformer Model { get => throw null; set => throw null; }
    }
}
