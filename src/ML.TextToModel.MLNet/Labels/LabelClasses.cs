using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ML.TextToModel.MLNet;

/// <summary>The classes of a label column, in the order of <c>Score</c>, and what a prediction says for each.</summary>
internal abstract class LabelClasses(IReadOnlyList<string> names)
{
    /// <summary>The classes by name.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>
    /// A table from the place of a class (<c>Place</c>) to a key with the original values (<c>Key</c>).
    /// </summary>
    public abstract IDataView Keys(MLContext context);

    /// <summary>Two classes that stand for any others in the promise of a schema.</summary>
    /// <param name="type">The type of the original values; null where keys have none.</param>
    public static LabelClasses Example(DataViewType? type) =>
        ValueTypes.Visit(type, new ExampleVisitor()) ?? new LabelClasses<uint>(["1", "2"], null, null);

    private sealed class ExampleVisitor : IValueVisitor<LabelClasses>
    {
        public LabelClasses Visit<T>(PrimitiveDataViewType type) => new LabelClasses<T>(["1", "2"], new T[2], type);
    }
}

/// <summary>Classes whose original values are of type <typeparamref name="T"/>.</summary>
/// <param name="names">The classes by name.</param>
/// <param name="values">The original value of each; null where keys stand for nothing but themselves.</param>
/// <param name="type">The type of the values.</param>
internal sealed class LabelClasses<T>(IReadOnlyList<string> names, T[]? values, PrimitiveDataViewType? type)
    : LabelClasses(names)
{
    public override IDataView Keys(MLContext context)
    {
        SchemaDefinition columns = SchemaDefinition.Create(typeof(KeyRow));
        columns[nameof(KeyRow.Key)].ColumnType = new KeyDataViewType(typeof(uint), Names.Count);
        if (values is not null)
        {
            columns[nameof(KeyRow.Key)].AddAnnotation(
                "KeyValues", new VBuffer<T>(values.Length, values), new VectorDataViewType(type, values.Length));
        }
        // A key is given by its place here, though its own numbers begin with 1.
        KeyRow[] rows = [.. Names.Select((_, i) => new KeyRow { Place = i, Key = (uint)i })];
        return context.Data.LoadFromEnumerable(rows, columns);
    }

    /// <summary>The name of a class by its value: texts as they are, others as invariant text.</summary>
    public static string NameOf(T value) =>
        (value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : $"{value}");

    private sealed class KeyRow
    {
        public int Place { get; set; }

        public uint Key { get; set; }
    }
}
