using System.Text.Json.Serialization;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.PModels;

/// <summary>
/// The architecture of a small classifier: how its parameters are laid out and how they turn inputs into one logit per
/// class. Specs are immutable and hold no parameters.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CnnSpec), "cnn")]
[JsonDerivedType(typeof(MlpSpec), "mlp")]
[JsonDerivedType(typeof(LinearSpec), "linear")]
public abstract record PModelSpec
{
    /// <summary>The most classes, inputs or units.</summary>
    private protected const int MaxSize = 1_000_000;

    private const long MaxParameters = 1 << 28;   // 1 GB, far beyond any small classifier

    private ParameterLayout? _layout;

    /// <summary>A spec of the defaults.</summary>
    protected PModelSpec() { }

    /// <summary>Copies for <c>with</c>; the layout is made anew, as it depends on what <c>with</c> changes.</summary>
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    protected PModelSpec(PModelSpec original) => Classes = original.Classes;

    /// <summary>The number of classes, from 1.</summary>
    public required int Classes { get; init; }

    /// <summary>The sizes of one input, without batch axes.</summary>
    [JsonIgnore]   // holds for this declaration only: every override needs it too
    public abstract Shape InputShape { get; }

    /// <summary>The names, shapes and places of the parameters.</summary>
    [JsonIgnore]
    public ParameterLayout Layout => _layout ??= new ParameterLayout(ListParameters());

    /// <summary>
    /// Logits of T p-models at once: parameters in layout order, each with a leading axis of length T, and inputs
    /// (T or 1, B, …<see cref="InputShape"/>) → (T, B, classes). Inputs with T = 1 are shared by all p-models.
    /// </summary>
    public abstract Tensor Forward(IReadOnlyList<Tensor> parameters, Tensor inputs);

    /// <summary>
    /// Random initial parameters in layout order: weights before a ReLU uniform in ±√(6 / inputs) (He et al. 2015), so
    /// that few units are dead from the start; class rows and biases in PyTorch's way, uniform in ±1/√inputs.
    /// </summary>
    public float[] Initialize(Rng rng)
    {
        float[] parameters = new float[Layout.Count];
        foreach (ParameterSlot slot in Layout.Slots)
        {
            bool beforeRelu = !slot.PerClass && slot.Shape.Rank > 1;
            double bound = Math.Sqrt((beforeRelu ? 6.0 : 1.0) / slot.FanIn);
            rng.Split(slot.Name).FillUniform(slot.Of(parameters.AsSpan()), -bound, bound);
        }
        return parameters;
    }

    /// <summary>What is wrong with the sizes, one sentence each; empty if nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        bool sound = Classes is >= 1 and <= MaxSize;
        if (!sound) yield return $"{Classes} classes are not between 1 and {MaxSize}.";
        foreach (string fault in SizeFaults())
        {
            sound = false;
            yield return fault;
        }
        long count = sound ? ListParameters().Sum(p => p.Shape.Aggregate(1L, (product, size) => product * size)) : 0;
        if (count > MaxParameters) yield return $"{count} parameters are more than {MaxParameters}.";
    }

    /// <summary>A predictor with these parameters, in layout order, which do not change any more.</summary>
    internal abstract IPredictor CreatePredictor(float[] parameters);

    private protected abstract IEnumerable<(string Name, Shape Shape, int FanIn, bool PerClass)> ListParameters();

    private protected abstract IEnumerable<string> SizeFaults();

    /// <inheritdoc/>
    public virtual bool Equals(PModelSpec? other) => ReferenceEquals(this, other)
        || (EqualityContract == other?.EqualityContract && Classes == other.Classes && SameSizes(other));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(EqualityContract, Classes);

    /// <summary>Whether a spec of the same kind has the same sizes beside the number of classes.</summary>
    private protected abstract bool SameSizes(PModelSpec other);
}
