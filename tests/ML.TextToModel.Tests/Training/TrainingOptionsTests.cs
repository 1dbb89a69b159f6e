using ML.TextToModel.PModels;

namespace ML.TextToModel.Training.Tests;

public sealed class TrainingOptionsTests
{
    [Fact]
    public void The_defaults_have_no_fault() => Assert.Empty(new TrainingOptions().Faults());

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var options = new TrainingOptions
        {
            Epochs = 0, BatchSize = -1, Optimizer = (OptimizerKind)7, Rate = float.NaN, Decay = float.PositiveInfinity,
            WarmUp = double.NaN, ClipNorm = 0, LabelSmoothing = 1, Shift = 32,
        };
        Assert.Equal(
            [
                "Epochs is 0; it is from 1.", "BatchSize is -1; it is from 1.", "Optimizer is 7; it is AdamW or Sgd.",
                "Rate is NaN; it is above 0.", "Decay is Infinity; it is from 0.", "WarmUp is NaN; it is from 0 to 1.",
                "ClipNorm is 0; it is above 0.", "LabelSmoothing is 1; it is from 0 to below 1.",
                "Shift is 32; it is from 0 to 31.",
            ],
            options.Faults());
        Assert.Equal(
            "The training options are wrong. " + string.Join(' ', options.Faults()),
            Assert.Throws<ModelInputException>(() => new ImageExamples(
                TinyTrainings.Images, null, new ImagePreprocessing([0, 0, 0], [1, 1, 1]), options)).Message);
    }
}
