using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace ML.TextToModel.MLNet;

/// <summary>
/// Classifies rows, reading the model from the first one. What a saved pipeline records of it is the contract of a
/// factory, so contracts stay as they are for good.
/// </summary>
internal abstract class ClassifyFactory<TInput, TOutput> : CustomMappingFactory<TInput, TOutput>
    where TInput : StepInput, new()
    where TOutput : StepOutput, new()
{
    private sealed record Loaded(ReadOnlyMemory<char> Text, SavedModel Model);

    public override Action<TInput, TOutput> GetMapping()
    {
        Loaded? loaded = null;   // one object, so that several cursors may share it
        return (input, output) =>
        {
            Loaded? present = loaded;
            // Rows share one text in memory, so it is the same or another model altogether.
            if (present is null || !present.Text.Equals(input.Model))
                loaded = present = new Loaded(input.Model, SavedModel.Read(input.Model.ToString()));
            Classify(present.Model, input, output);
        };
    }

    private static void Classify(SavedModel model, TInput input, TOutput output)
    {
        int classes = model.Classifier.Classes.Count;
        if (output.Slots.Length != model.Slots)
            (output.Probabilities, output.Slots) = (new float[classes], new float[model.Slots]);
        ReadOnlySpan<float> row = input.Row(model.Input, model.Classifier.RowLength, model.ImageSize);
        model.Classifier.Predict(row, output.Probabilities);
        for (int i = 0; i < classes; i++) output.Slots[model.Places[i]] = output.Probabilities[i];
        output.Set(output.Slots);
    }
}

/// <summary>Any number of classes, from numbers.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ClassesOfFloats : ClassifyFactory<FloatsInput, ClassOutput>
{
    public const string Contract = "TextToModel.ClassesOfFloats";
}

/// <summary>Any number of classes, from a text.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ClassesOfText : ClassifyFactory<TextInput, ClassOutput>
{
    public const string Contract = "TextToModel.ClassesOfText";
}

/// <summary>Any number of classes, from bytes.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ClassesOfBytes : ClassifyFactory<BytesInput, ClassOutput>
{
    public const string Contract = "TextToModel.ClassesOfBytes";
}

/// <summary>Two classes, from numbers.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class BinaryOfFloats : ClassifyFactory<FloatsInput, BinaryOutput>
{
    public const string Contract = "TextToModel.BinaryOfFloats";
}

/// <summary>Two classes, from a text.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class BinaryOfText : ClassifyFactory<TextInput, BinaryOutput>
{
    public const string Contract = "TextToModel.BinaryOfText";
}

/// <summary>Two classes, from bytes.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class BinaryOfBytes : ClassifyFactory<BytesInput, BinaryOutput>
{
    public const string Contract = "TextToModel.BinaryOfBytes";
}

/// <summary>Gives each row the same text, by which the model is looked up.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ConstantText : CustomMappingFactory<ConstantText.Nothing, ConstantText.Constant>
{
    public const string Contract = "TextToModel.Constant";
    public const string Text = "model";

    public override Action<Nothing, Constant> GetMapping() => (_, output) => output.Value = Text.AsMemory();

    internal sealed class Nothing;

    internal sealed class Constant
    {
        [ColumnName(Columns.Constant)]
        public ReadOnlyMemory<char> Value { get; set; }
    }
}
