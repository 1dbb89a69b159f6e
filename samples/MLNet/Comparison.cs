using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.Data;
using ML.TextToModel.Datasets;
using ML.TextToModel.MLNet;

namespace MLNetSample;

/// <summary>Generated classifiers beside a search by AutoML on a table of numbers.</summary>
internal static class Comparison
{
    // Those that need no native library.
    private static readonly MulticlassClassificationTrainer[] s_managed =
    [
        MulticlassClassificationTrainer.LbfgsMaximumEntropy, MulticlassClassificationTrainer.LbfgsLogisticRegressionOva,
        MulticlassClassificationTrainer.SdcaMaximumEntropy,
    ];

    public static void Run(MLContext context, string file, string label, uint seconds)
    {
        TableSample sample = TableSample.From(Table.Load(file, new TableOptions { Label = label }));
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType =
            new VectorDataViewType(NumberDataViewType.Single, sample.Columns.Count);
        IDataView rows = context.Data.LoadFromEnumerable(
            sample.Labels.Select((c, i) => new Row
            {
                Features = sample.Row(i).ToArray(), Label = sample.Classes[c],
            }).ToArray(),
            schema);
        IDataView keyed = context.Transforms.Conversion.MapValueToKey(nameof(Row.Label)).Fit(rows).Transform(rows);
        Console.WriteLine("                        accuracy  log loss  seconds");
        Console.WriteLine(TextToModelComparison.Table(
            TextToModelComparison.Run(context, keyed, seconds, trainers: s_managed)));
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = "";
    }
}
