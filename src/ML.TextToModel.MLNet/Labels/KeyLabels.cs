using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using ML.TextToModel.Encoders;

namespace ML.TextToModel.MLNet;

/// <summary>Labels that are keys: the classes are all keys in their order, whether rows have them or not.</summary>
internal sealed class KeyLabels(LabelClasses classes) : LabelReader
{
    private const int MostClasses = 100_000;

    public override Func<int> Bind(DataViewRow row, DataViewSchema.Column column)
    {
        Type raw = column.Type.RawType;
        if (raw == typeof(byte)) return Bind(row.GetGetter<byte>(column), key => key);
        if (raw == typeof(ushort)) return Bind(row.GetGetter<ushort>(column), key => key);
        if (raw == typeof(ulong)) return Bind(row.GetGetter<ulong>(column), key => (int)key);
        return Bind(row.GetGetter<uint>(column), key => (int)key);
    }

    public override (LabelClasses Classes, int[] Places) Finish(IReadOnlyList<ClassText> named)
    {
        if (named.Select(one => one.Name).Except(classes.Names).FirstOrDefault() is { } unknown)
            throw new ModelInputException(
                $"The named class '{unknown}' is none of the label's keys: {string.Join(", ", classes.Names)}.");
        return (classes, [.. Enumerable.Range(0, classes.Names.Count)]);
    }

    /// <summary>A reader for a column of keys.</summary>
    /// <exception cref="ModelInputException">There are too many keys.</exception>
    public static KeyLabels Of(DataViewSchema.Column column, KeyDataViewType type)
    {
        if (type.Count > MostClasses)
            throw new ModelInputException(
                $"The label '{column.Name}' is a key of {type.Count} values, more than {MostClasses} classes; map the "
                + "original values with MapValueToKey.");
        var values = column.Annotations.Schema.GetColumnOrNull("KeyValues")?.Type as VectorDataViewType;
        return new KeyLabels(
            ValueTypes.Visit(values?.ItemType, new KeyValues(column.Annotations))
            ?? new LabelClasses<uint>([.. Enumerable.Range(1, (int)type.Count).Select(key => $"{key}")], null, null));
    }

    private static Func<int> Bind<T>(ValueGetter<T> get, Func<T, int> widen) where T : struct
    {
        T value = default;
        return () =>
        {
            get(ref value);
            return widen(value) - 1;   // 0 is the missing key
        };
    }

    /// <summary>The classes that the values of keys name; where two have one name, or none, numbers tell them apart.
    /// </summary>
    private sealed class KeyValues(DataViewSchema.Annotations annotations) : IValueVisitor<LabelClasses>
    {
        public LabelClasses Visit<T>(PrimitiveDataViewType type)
        {
            VBuffer<T> buffer = default;
            annotations.GetValue("KeyValues", ref buffer);
            T[] values = [.. buffer.DenseValues()];
            string[] names = [.. values.Select(LabelClasses<T>.NameOf)];
            HashSet<string> met = new(StringComparer.Ordinal);
            for (int i = 0; i < names.Length; i++)
            {
                if (string.IsNullOrWhiteSpace(names[i]) || !met.Add(names[i]))
                    names[i] = string.Create(CultureInfo.InvariantCulture, $"{names[i]}#{i + 1}");
            }
            return new LabelClasses<T>(names, values, type);
        }
    }
}
