using ML.TextToModel.PModels.Tests;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Training.Tests;

public sealed class TrainingStateTests
{
    private const string Fingerprint = "tiny, seed 5";

    [Theory]
    [InlineData(OptimizerKind.AdamW)]
    [InlineData(OptimizerKind.Sgd)]
    public void A_training_resumed_at_any_step_gives_the_same_bits(OptimizerKind optimizer)
    {
        TrainingOptions options = TinyTrainings.Options with { Optimizer = optimizer };
        ImageExamples examples = TinyTrainings.Tasks(2, options);
        ClassifierTraining whole = TinyTrainings.Start(examples, options);
        float[] losses = TinyTrainings.Advance(whole, whole.TotalSteps);
        for (int at = 0; at <= whole.TotalSteps; at++)
        {
            using TemporaryFile file = T2mFiles.Temporary("state.safetensors");
            ClassifierTraining first = TinyTrainings.Start(examples, options);
            TinyTrainings.Advance(first, at);
            TrainingState.Save(file.Path, first, Fingerprint);

            ClassifierTraining second = TinyTrainings.Start(TinyTrainings.Tasks(2, options), options);
            Assert.True(TrainingState.TryResume(file.Path, second, Fingerprint));
            Assert.Equal(at, second.Step);
            Assert.Equal(losses[at..], TinyTrainings.Advance(second, whole.TotalSteps - at));
            Assert.Equal(whole.Vector(0), second.Vector(0));
            Assert.Equal(whole.Vector(1), second.Vector(1));
        }
    }

    [Fact]
    public void No_file_or_another_fingerprint_starts_anew()
    {
        using TemporaryFile file = T2mFiles.Temporary("state.safetensors");
        ClassifierTraining training = TinyTrainings.Start(TinyTrainings.Tasks(1));
        Assert.False(TrainingState.TryResume(file.Path, training, Fingerprint));
        TinyTrainings.Advance(training, 2);
        TrainingState.Save(file.Path, training, Fingerprint);
        ClassifierTraining other = TinyTrainings.Start(TinyTrainings.Tasks(1));
        float[] before = other.Vector();
        Assert.False(TrainingState.TryResume(file.Path, other, "tiny, seed 6"));
        Assert.Equal(0, other.Step);
        Assert.Equal(before, other.Vector());
    }

    public static TheoryData<string, string> Damages => new()
    {
        { "cut", "" },
        { "step", "It holds no valid step." },
        { "late", "It holds no valid step." },
        { "missing", "There is no tensor" },
        { "shape", "has the shape (1, 3, 7)" },
        { "type", "is not of 32-bit floats." },
    };

    [Theory, MemberData(nameof(Damages))]
    public void A_damaged_state_is_refused_and_leaves_the_training_as_it_was(string damage, string message)
    {
        using TemporaryFile file = T2mFiles.Temporary("state.safetensors");
        ClassifierTraining training = TinyTrainings.Start(TinyTrainings.Tasks(1));
        TinyTrainings.Advance(training, 2);
        TrainingState.Save(file.Path, training, Fingerprint);
        Damage(file.Path, damage);

        ClassifierTraining resumed = TinyTrainings.Start(TinyTrainings.Tasks(1));
        float[] before = resumed.Vector();
        var fault = Assert.Throws<ModelInputException>(() => TrainingState.TryResume(file.Path, resumed, Fingerprint));
        Assert.StartsWith($"The saved state {file.Path} is damaged; delete it to start anew. ", fault.Message);
        Assert.Contains(message, fault.Message);
        Assert.Equal(0, resumed.Step);
        Assert.Equal(before, resumed.Vector());
    }

    private static void Damage(string path, string damage)
    {
        if (damage == "cut")
        {
            using FileStream stream = File.OpenWrite(path);
            stream.SetLength(stream.Length - 1);
            return;
        }
        List<SafetensorsTensor> tensors = [];
        Dictionary<string, string> metadata;
        using (SafetensorsFile file = SafetensorsFile.Open(path))
        {
            metadata = new(file.Metadata);
            foreach (SafetensorsEntry entry in file.Entries)
            {
                float[] values = new float[entry.ElementCount];
                file.ReadSingles(entry.Name, values);
                bool changed = entry.Name == "optimizer/head.weight/square";
                if (changed && damage == "missing") continue;
                int[] shape = changed && damage == "shape" ? [1, 3, 7] : [.. entry.Shape];
                float[] kept = changed && damage == "shape" ? new float[21] : values;
                tensors.Add(changed && damage == "type"
                    ? SafetensorsTensor.Float16(entry.Name, kept, shape)
                    : SafetensorsTensor.Float32(entry.Name, kept, shape));
            }
        }
        if (damage == "step") metadata["step"] = "two";
        if (damage == "late") metadata["step"] = "1000000";
        SafetensorsWriter.Write(path, tensors, metadata);
    }
}
