using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using ML.TextToModel.Encoders;

namespace ML.TextToModel.MLNet;

/// <summary>
/// Labels that are texts or numbers; the empty text and NaN are missing. Their classes are found by reading, in the
/// user's order, else in that of the values.
/// </summary>
/// <param name="type">The type of the values; null for texts.</param>
internal sealed class ValueLabels<T>(PrimitiveDataViewType? type = null) : LabelReader
{
    private const int Shown = 5;

    private readonly Dictionary<string, int> _met = new(StringComparer.Ordinal);

    public override Func<int> Bind(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            get(ref value);
            string name = LabelClasses<T>.NameOf(value);
            if (string.IsNullOrWhiteSpace(name) || value is float.NaN or double.NaN) return -1;
            if (!_met.TryGetValue(name, out int index)) _met.Add(name, index = _met.Count);
            return index;
        };
    }

    public override (LabelClasses Classes, int[] Places) Finish(IReadOnlyList<ClassText> named)
    {
        string[] names = named.Count > 0
            ? [.. named.Select(one => LabelClasses<T>.NameOf(Value(one.Name)))]
            : type is null or TextDataViewType
                ? [.. _met.Keys.Order(StringComparer.Ordinal)]
                : [.. _met.Keys.OrderBy(Value)];
        Dictionary<string, int> places = names.Index().ToDictionary(one => one.Item, one => one.Index);
        if (_met.Keys.Where(name => !places.ContainsKey(name)).Take(Shown).ToArray() is { Length: > 0 } unknown)
            throw new ModelInputException(
                $"Rows have the labels '{string.Join("', '", unknown)}', which are none of the named classes; name "
                + "them too, or leave these rows out.");
        return (
            new LabelClasses<T>(names, [.. names.Select(Value)], type ?? TextDataViewType.Instance),
            [.. _met.Keys.Select(name => places[name])]);
    }

    /// <summary>The value that a name stands for.</summary>
    private static T Value(string name)
    {
        if (name.AsMemory() is T text) return text;
        try
        {
            return (T)Convert.ChangeType(name, typeof(T), CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new ModelInputException($"The labels are numbers, and the class '{name}' is named otherwise.", e);
        }
    }
}
