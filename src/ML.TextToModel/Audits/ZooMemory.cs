using ML.TextToModel.Generators.Baselines;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Audits;

/// <summary>
/// What memory of a zoo alone could answer to a task: one of its p-models, that one with noise, or the mean of all.
/// Rows of classes that a p-model does not have are the generic model's.
/// </summary>
public sealed class ZooMemory
{
    private const double Noise = 0.1;   // of the root mean square of each tensor

    private readonly ZooSample _zoo;
    private readonly FittedClassifier _generic;

    /// <summary>Of a zoo with at least one p-model and the model that all of them were trained from.</summary>
    /// <exception cref="ModelInputException">They are of other architectures.</exception>
    public ZooMemory(ZooSample zoo, FittedClassifier generic)
    {
        if (zoo.Entries.Count == 0) throw new ModelInputException("The zoo has no p-models.");
        if (zoo.Spec != generic.Spec with { Classes = zoo.Spec.Classes })
            throw new ModelInputException($"The zoo's p-models ({zoo.Spec}) are not of the generic model's kind.");
        (_zoo, _generic) = (zoo, generic);
        Mean = [.. Enumerable.Range(0, zoo.Spec.Layout.Count)
            .Select(i => (float)zoo.Entries.Average(entry => (double)entry.Parameters[i]))];
    }

    /// <summary>The mean of all p-models, class rows by their places.</summary>
    public float[] Mean { get; }

    /// <summary>A p-model for a task: its own rows where it has the class.</summary>
    public float[] PModel(int model, int[] task) =>
        Adapt(_zoo.Entries[model].Parameters, _zoo.Entries[model].Classes, task);

    /// <summary>The mean of all p-models in the shared tensors, the generic model's rows of the classes.</summary>
    public float[] MeanWithSelectedRows(int[] task) => Adapt(Mean, [], task);

    /// <summary>
    /// Parameters of a p-model with normal noise of a tenth of each tensor's root mean square.
    /// </summary>
    public float[] WithNoise(float[] parameters, Rng rng)
    {
        float[] noisy = [.. parameters];
        foreach (ParameterSlot slot in _zoo.Spec.Layout.Slots)
        {
            Span<float> own = slot.Of(noisy.AsSpan());
            double squares = 0;
            foreach (float value in own) squares += (double)value * value;
            double unit = Noise * Math.Sqrt(squares / own.Length);
            foreach (ref float value in own) value += (float)(unit * rng.NextNormal());
        }
        return noisy;
    }

    private float[] Adapt(float[] parameters, int[] classes, int[] task)
    {
        PModelSpec spec = _zoo.Spec with { Classes = task.Length };
        float[] adapted = ClassifierSelection.Select(_generic.Spec, _generic.Parameters, spec, task);
        foreach (ParameterSlot slot in spec.Layout.Slots)
        {
            ReadOnlySpan<float> source = _zoo.Spec.Layout[slot.Name].Of(parameters.AsSpan());
            Span<float> target = slot.Of(adapted.AsSpan());
            if (!slot.PerClass)
            {
                source.CopyTo(target);
                continue;
            }
            int length = slot.Count / task.Length;
            for (int c = 0; c < task.Length; c++)
                if (Array.IndexOf(classes, task[c]) is var own and >= 0)
                    source.Slice(own * length, length).CopyTo(target[(c * length)..]);
        }
        return adapted;
    }
}
