using Microsoft.ML;
using Microsoft.ML.Data;
using ML.TextToModel.Encoders;

namespace ML.TextToModel.MLNet;

/// <summary>Labels that are booleans: two classes, the negative one first.</summary>
internal sealed class BooleanLabels : LabelReader
{
    public override Func<int> Bind(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<bool> get = row.GetGetter<bool>(column);
        bool value = false;
        return () =>
        {
            get(ref value);
            return value ? 1 : 0;
        };
    }

    public override (LabelClasses Classes, int[] Places) Finish(IReadOnlyList<ClassText> named)
    {
        if (named.Count is not (0 or 2))
            throw new ModelInputException(
                $"{named.Count} classes are named, and a boolean has two: the negative and the positive one.");
        string[] names = named.Count > 0 ? [.. named.Select(one => one.Name)] : ["False", "True"];
        return (new LabelClasses<bool>(names, [false, true], BooleanDataViewType.Instance), [0, 1]);
    }
}
