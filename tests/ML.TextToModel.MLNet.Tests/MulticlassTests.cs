using Microsoft.ML;
using Microsoft.ML.Data;
using ML.TextToModel.Datasets;
using ML.TextToModel.Requirements;

namespace ML.TextToModel.MLNet.Tests;

public sealed class MulticlassTests
{
    private readonly MLContext _context = new(seed: 1);

    [RealFact]
    public void A_key_label_gives_back_its_values_and_evaluates()
    {
        IDataView rows = Data.View(_context, Data.Rows(120)), more = Data.View(_context, Data.Rows(60, seed: 2));
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.MulticlassClassification.Trainers.TextToModel(_context));
        IDataView scored = pipeline.Fit(rows).Transform(more);
        var metrics = _context.MulticlassClassification.Evaluate(scored);
        Assert.True(metrics.MicroAccuracy > 0.95, $"{metrics.MicroAccuracy}");
        IDataView back = _context.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(scored).Transform(scored);
        string[] predicted = [.. Data.Column<ReadOnlyMemory<char>>(back, "PredictedLabel").Select(name => $"{name}")];
        Assert.True(predicted.Zip(Data.Rows(60, seed: 2)).Count(pair => pair.First == pair.Second.Label) > 57);
        Assert.Equal(["class 000", "class 001", "class 002"], SlotNames(scored));
    }

    [RealFact]
    public void A_text_a_number_or_a_boolean_is_a_label_too()
    {
        IDataView rows = Data.View(_context, Data.Rows(90));
        Assert.Equal(["class 000", "class 001", "class 002"], SlotNames(Fit(nameof(Row.Label))));
        Assert.Equal(["0", "1", "2"], SlotNames(Fit(nameof(Row.Number))));
        Assert.Equal(["False", "True"], SlotNames(Fit(nameof(Row.Flag))));
        VBuffer<float> values = default;
        Fit(nameof(Row.Number)).Schema["PredictedLabel"].Annotations.GetValue("KeyValues", ref values);
        Assert.Equal([0f, 1, 2], values.DenseValues());

        IDataView Fit(string label) =>
            _context.MulticlassClassification.Trainers.TextToModel(_context, label).Fit(rows).Transform(rows);
    }

    [RealFact]
    public void Rows_without_a_label_are_passed_over_and_a_key_without_rows_scores_nothing()
    {
        Row[] rows = Data.Rows(90);
        foreach (Row row in rows.Where(row => row.Label == "class 001")) row.Label = "";
        IDataView keys = Data.View(_context, Data.Rows(3));
        IDataView data = _context.Transforms.Conversion.MapValueToKey("Label", keyData: Keys(keys))
            .Fit(keys).Transform(Data.View(_context, rows));
        TextToModelTransformer model = _context.MulticlassClassification.Trainers.TextToModel(_context).Fit(data);
        Assert.Equal(["class 000", "class 002"], model.Model.Classes);
        Assert.All(Data.Scores(model.Transform(data)), scores => Assert.Equal((3, 0f), (scores.Length, scores[1])));

        IDataView Keys(IDataView view) => _context.Transforms.SelectColumns("Label").Fit(view).Transform(view);
    }

    [RealFact]
    public void The_promise_of_the_schema_is_what_is_delivered()
    {
        IDataView rows = Data.View(_context, Data.Rows(60));
        foreach (string label in new[] { nameof(Row.Label), nameof(Row.Number), nameof(Row.Flag) })
        {
            // A stock step that follows checks what it is promised, and then what it is given.
            var pipeline = _context.MulticlassClassification.Trainers.TextToModel(_context, label)
                .Append(_context.Transforms.Conversion.MapKeyToValue("Original", "PredictedLabel"))
                .Append(_context.Transforms.Concatenate("Both", "Score", "Probability"));
            Assert.Equal(
                rows.Schema[label].Type, pipeline.Fit(rows).Transform(rows).Schema["Original"].Type);
        }
    }

    [RealFact]
    public void A_sentence_and_rows_without_labels_make_a_classifier_of_features()
    {
        Row[] rows = Data.Rows(60);
        foreach (Row row in rows) row.Label = "";
        TextToModelTransformer model = _context.MulticlassClassification.Trainers.TextToModel(
            _context, new TextToModelOptions
            {
                TaskDescription = "Tell from the sizes of petals which species an iris is of.",
                Classes = ["setosa", "versicolor", "virginica"],
            }).Fit(Data.View(_context, rows));
        Assert.Equal(("hypernetwork", 3), (model.Model.Card.Generator, model.Model.Classes.Count));
        Assert.Equal(60, Data.Scores(model.Transform(Data.View(_context, rows))).Length);
    }

    [RealFact]
    public void A_requirement_alone_makes_a_classifier_of_features()
    {
        TaskRequirement requirement = new()
        {
            Sentence = "Tell from the sizes of petals which species an iris is of.",
            Classes = ["setosa", "versicolor", "virginica"],
            Inputs = new()
            {
                Columns =
                [
                    .. Enumerable.Range(0, 3).Select(i => new ColumnRequirement(
                        $"Features.{i}", ColumnKind.Numeric, Description: "in centimetres, from 1 to 7")),
                ],
            },
        };
        TextToModelOptions options = new() { Requirement = requirement };
        IDataView none = Data.View(_context);
        TextToModelTransformer model =
            _context.MulticlassClassification.Trainers.TextToModel(_context, options).Fit(none);
        Assert.Equal(("hypernetwork", 3), (model.Model.Card.Generator, model.Model.Classes.Count));
        options = options with { Requirement = requirement with { Inputs = new() } };
        Assert.Contains("'Features.0'", Assert.Throws<ModelInputException>(
            () => _context.MulticlassClassification.Trainers.TextToModel(_context, options).Fit(none)).Message);
    }

    [RealFact]
    public void Cross_validation_fits_each_fold()
    {
        IDataView rows = _context.Data.Cache(Data.View(_context, Data.Rows(150)));
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.MulticlassClassification.Trainers.TextToModel(_context));
        var folds = _context.MulticlassClassification.CrossValidate(rows, pipeline, numberOfFolds: 3);
        Assert.Equal(3, folds.Count);
        Assert.All(folds, fold => Assert.True(fold.Metrics.MicroAccuracy > 0.9));
    }

    [RealFact]
    public void The_seed_of_the_context_decides_to_the_bit()
    {
        Row[] rows = Data.Rows(90);
        float[] once = Fit(1), again = Fit(1), other = Fit(2);
        Assert.Equal(once, again);
        Assert.NotEqual(once, other);

        float[] Fit(int seed)
        {
            MLContext context = new(seed);
            return context.MulticlassClassification.Trainers.TextToModel(context)
                .Fit(Data.View(context, rows)).Model.Parameters.ToArray();
        }
    }

    [RealFact]
    public void Several_cursors_and_single_rows_agree_with_the_whole()
    {
        IDataView rows = Data.View(_context, Data.Rows(200));
        TextToModelTransformer model = _context.MulticlassClassification.Trainers.TextToModel(_context).Fit(rows);
        IDataView scored = model.Transform(rows);
        float[][] whole = Data.Scores(scored);
        // Positions are each cursor's own, so that rows are told apart by what they hold.
        Dictionary<string, float[]> known = Data.Rows(200).Select(row => Key(row.Features)).Zip(whole).ToDictionary();
        DataViewRowCursor[] cursors =
            scored.GetRowCursorSet([scored.Schema["Score"], scored.Schema["Features"]], 4);
        int seen = 0;
        Parallel.ForEach(cursors, cursor =>
        {
            using DataViewRowCursor own = cursor;
            ValueGetter<VBuffer<float>> get = own.GetGetter<VBuffer<float>>(scored.Schema["Score"]);
            ValueGetter<VBuffer<float>> getFeatures = own.GetGetter<VBuffer<float>>(scored.Schema["Features"]);
            VBuffer<float> score = default, features = default;
            while (own.MoveNext())
            {
                get(ref score);
                getFeatures(ref features);
                Assert.Equal(known[Key(features.DenseValues())], score.DenseValues());
                Interlocked.Increment(ref seen);
            }
        });
        Assert.Equal(200, seen);
        using var engine = _context.Model.CreatePredictionEngine<Row, Prediction>(model);
        Assert.All(
            Data.Rows(200).Zip(whole).Take(20), pair => Assert.Equal(pair.Second, engine.Predict(pair.First).Score));

        static string Key(IEnumerable<float> features) => string.Join(' ', features);
    }

    [RealFact]
    public void A_preview_and_an_empty_view_pass_through()
    {
        IDataView rows = Data.View(_context, Data.Rows(60)), none = Data.View(_context);
        TextToModelTransformer model = _context.MulticlassClassification.Trainers.TextToModel(_context).Fit(rows);
        Assert.Equal(5, model.Transform(rows).Preview(5).RowView.Length);
        Assert.Empty(Data.Scores(model.Transform(none)));
        Assert.Single(Data.Scores(model.Transform(_context.Data.TakeRows(rows, 1))));
    }

    private static string[] SlotNames(IDataView view)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        view.Schema["Score"].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
