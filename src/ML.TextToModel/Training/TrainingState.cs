using System.Globalization;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Training;

/// <summary>
/// The state of a training in a safetensors file: its tensors, the step, and a fingerprint of everything else the
/// training was started with.
/// </summary>
public static class TrainingState
{
    private const string StepKey = "step", FingerprintKey = "fingerprint";

    /// <summary>Writes the state in one step: an older file stays whole if this fails.</summary>
    /// <param name="path">The file.</param>
    /// <param name="training">The training.</param>
    /// <param name="fingerprint">Names architecture, data, options and seed; <see cref="TryResume"/> compares.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, ITraining training, string fingerprint) => SafetensorsWriter.Write(
        path,
        [.. training.State.Select(tensor => Entry(tensor.Key, tensor.Value))],
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [StepKey] = training.Step.ToString(CultureInfo.InvariantCulture), [FingerprintKey] = fingerprint,
        });

    /// <summary>Brings a training to the step of a saved state, if there is one of the same training.</summary>
    /// <returns>Whether it did; false where there is no file, or one of another training.</returns>
    /// <exception cref="ModelInputException">The file is damaged; the training stays as it was.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static bool TryResume(string path, ITraining training, string fingerprint)
    {
        if (!File.Exists(path)) return false;
        try
        {
            using SafetensorsFile file = SafetensorsFile.Open(path);
            if (file.Metadata.GetValueOrDefault(FingerprintKey) != fingerprint) return false;
            if (!int.TryParse(file.Metadata.GetValueOrDefault(StepKey), CultureInfo.InvariantCulture, out int step)
                || step < 0 || step > training.TotalSteps)
                throw new ModelInputException("It holds no valid step.");
            KeyValuePair<string, Tensor>[] tensors = [.. training.State];
            // All are found before the first is filled.
            foreach ((string name, Tensor target) in tensors) Expect(file, name, target.Shape);
            foreach ((string name, Tensor target) in tensors) file.ReadSingles(name, target.AsSpan());
            training.ResumeAt(step);
            return true;
        }
        catch (Exception e) when (e is TensorFileException or ModelInputException)
        {
            throw new ModelInputException(
                $"The saved state {path} is damaged; delete it to start anew. {e.Message}", e);
        }
    }

    private static SafetensorsTensor Entry(string name, Tensor tensor) =>
        SafetensorsTensor.Float32(name, tensor.ToArray(), tensor.Shape.ToArray());

    private static void Expect(SafetensorsFile file, string name, Shape shape)
    {
        SafetensorsEntry entry = file.Expect(name, shape.ToArray());
        if (entry.Type != SafetensorsType.F32) throw new ModelInputException($"{entry} is not of 32-bit floats.");
    }
}
