using System.Text.Json.Serialization;

namespace ML.TextToModel.PModels;

/// <summary>How one column of a table becomes features of a p-model.</summary>
/// <param name="Name">The column's name.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NumericEncoding), "numeric")]
[JsonDerivedType(typeof(QuantileEncoding), "quantile")]
[JsonDerivedType(typeof(DateEncoding), "date")]
[JsonDerivedType(typeof(CategoricalEncoding), "categorical")]
public abstract record ColumnEncoding(string Name)
{
    /// <summary>The number of features; 0 where the column says nothing.</summary>
    [JsonIgnore]
    public abstract int Width { get; }

    /// <summary>The first version of the file format that has this encoding.</summary>
    internal virtual int FormatVersion => 1;

    /// <summary>Writes the <see cref="Width"/> features of one value; NaN is a missing one.</summary>
    public abstract void Encode(float value, Span<float> features);

    /// <summary>What is wrong with the numbers, one sentence each; empty if nothing.</summary>
    public abstract IEnumerable<string> Faults();

    /// <summary>Mean and deviation of a feature that is 1 in a share of the rows and 0 in the others.</summary>
    internal static (float Mean, float Deviation) OfShare(double share)
    {
        // A rare mark would get a huge value where it stands: its deviation counts as that of a share of 4 % at least.
        const double least = 0.2;
        return ((float)share, (float)Math.Max(least, Math.Sqrt(share * (1 - share))));
    }

    /// <summary>The standardised mark of values that are missing in a share of the rows.</summary>
    private protected static float MissingMark(bool missing, float share)
    {
        (float mean, float deviation) = OfShare(share);
        return ((missing ? 1 : 0) - mean) / deviation;
    }
}
