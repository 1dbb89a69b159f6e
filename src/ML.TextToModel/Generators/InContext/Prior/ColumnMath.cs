using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ML.TextToModel.Generators.InContext.Prior;

/// <summary>
/// Loops over columns. All work in 256 bits, so that sums are taken in one order whatever the machine's vectors are.
/// </summary>
internal static class ColumnMath
{
    private const float LeastDeviation = 1e-6f;

    /// <summary>column += factor · other</summary>
    public static void AddScaled(Span<float> column, ReadOnlySpan<float> other, float factor)
    {
        ReadOnlySpan<Vector256<float>> from = MemoryMarshal.Cast<float, Vector256<float>>(other[..column.Length]);
        Span<Vector256<float>> to = MemoryMarshal.Cast<float, Vector256<float>>(column);
        for (int v = 0; v < to.Length; v++) to[v] += factor * from[v];
        for (int i = to.Length * Vector256<float>.Count; i < column.Length; i++) column[i] += factor * other[i];
    }

    /// <summary>column = factor · column + shift</summary>
    public static void Scale(Span<float> column, float factor, float shift = 0)
    {
        Span<Vector256<float>> vectors = MemoryMarshal.Cast<float, Vector256<float>>(column);
        for (int v = 0; v < vectors.Length; v++) vectors[v] = factor * vectors[v] + Vector256.Create(shift);
        for (int i = vectors.Length * Vector256<float>.Count; i < column.Length; i++)
            column[i] = factor * column[i] + shift;
    }

    /// <summary>Mean and deviation of the column.</summary>
    public static (float Mean, float Deviation) Moments(ReadOnlySpan<float> column)
    {
        float mean = Sum(column, 0, squared: false) / column.Length;
        return (mean, MathF.Sqrt(Sum(column, mean, squared: true) / column.Length));
    }

    /// <summary>Gives the column mean 0 and deviation 1; a constant one becomes 0.</summary>
    public static void Standardise(Span<float> column)
    {
        (float mean, float deviation) = Moments(column);
        if (deviation <= LeastDeviation * (1 + MathF.Abs(mean))) column.Clear();
        else Scale(column, 1 / deviation, -mean / deviation);
    }

    /// <summary>Limits the column to ±<paramref name="bound"/>.</summary>
    public static void Clip(Span<float> column, float bound)
    {
        for (int i = 0; i < column.Length; i++) column[i] = Math.Clamp(column[i], -bound, bound);
    }

    /// <summary>column[i] = the i-th value of <paramref name="function"/>, which sees eight values at once.</summary>
    public static void Map(Span<float> column, Func<Vector256<float>, Vector256<float>> function)
    {
        Span<Vector256<float>> vectors = MemoryMarshal.Cast<float, Vector256<float>>(column);
        for (int v = 0; v < vectors.Length; v++) vectors[v] = function(vectors[v]);
        Span<float> rest = column[(vectors.Length * Vector256<float>.Count)..], last = stackalloc float[8];
        rest.CopyTo(last);
        function(Vector256.Create<float>(last)).CopyTo(last);
        last[..rest.Length].CopyTo(rest);
    }

    private static float Sum(ReadOnlySpan<float> column, float shift, bool squared)
    {
        ReadOnlySpan<Vector256<float>> vectors = MemoryMarshal.Cast<float, Vector256<float>>(column);
        Vector256<float> sums = Vector256<float>.Zero;
        foreach (Vector256<float> vector in vectors)
        {
            Vector256<float> shifted = vector - Vector256.Create(shift);
            sums += squared ? shifted * shifted : shifted;
        }
        float sum = Vector256.Sum(sums);
        for (int i = vectors.Length * Vector256<float>.Count; i < column.Length; i++)
            sum += squared ? (column[i] - shift) * (column[i] - shift) : column[i] - shift;
        return sum;
    }
}
