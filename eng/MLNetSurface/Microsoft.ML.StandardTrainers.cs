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
    // src/Microsoft.ML.StandardTrainers/StandardTrainersCatalog.cs
    public static class StandardTrainersCatalog
    {
        public static LbfgsMaximumEntropyMulticlassTrainer LbfgsMaximumEntropy(
            this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
            string labelColumnName = "Label", string featureColumnName = "Features",
            string exampleWeightColumnName = null, float l1Regularization = 1f, float l2Regularization = 1f,
            float optimizationTolerance = 1E-07f, int historySize = 20,
            bool enforceNonNegativity = false) => throw null;
    }
}

namespace Microsoft.ML.Trainers
{
    // src/Microsoft.ML.StandardTrainers/Standard/LogisticRegression/MulticlassLogisticRegression.cs
    public sealed class LbfgsMaximumEntropyMulticlassTrainer
        : LbfgsTrainerBase<LbfgsMaximumEntropyMulticlassTrainer.Options,
            MulticlassPredictionTransformer<MaximumEntropyModelParameters>, MaximumEntropyModelParameters>
    {
        internal LbfgsMaximumEntropyMulticlassTrainer() => throw null;

        public sealed class Options
            : LbfgsTrainerBase<LbfgsMaximumEntropyMulticlassTrainer.Options,
                MulticlassPredictionTransformer<MaximumEntropyModelParameters>,
                MaximumEntropyModelParameters>.OptionsBase
        {
            public Options() => throw null;
        }
    }

    // src/Microsoft.ML.StandardTrainers/Standard/LogisticRegression/LbfgsPredictorBase.cs
    public abstract class LbfgsTrainerBase<TOptions, TTransformer, TModel>
        : TrainerEstimatorBase<TTransformer, TModel>
        where TOptions : LbfgsTrainerBase<TOptions, TTransformer, TModel>.OptionsBase, new()
        where TTransformer : ISingleFeaturePredictionTransformer<TModel>
        where TModel : class
    {
        internal LbfgsTrainerBase() => throw null;

        public abstract class OptionsBase : TrainerInputBaseWithWeight
        {
            protected OptionsBase() => throw null;
        }
    }

    // src/Microsoft.ML.StandardTrainers/Standard/LogisticRegression/MulticlassLogisticRegression.cs
    public abstract class LinearMulticlassModelParametersBase : ModelParametersBase<VBuffer<float>>
    {
        internal LinearMulticlassModelParametersBase() => throw null;
    }

    // src/Microsoft.ML.StandardTrainers/Standard/LogisticRegression/MulticlassLogisticRegression.cs
    public sealed class MaximumEntropyModelParameters : LinearMulticlassModelParametersBase
    {
        internal MaximumEntropyModelParameters() => throw null;
    }
}
