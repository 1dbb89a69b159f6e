using Microsoft.ML;
using Microsoft.ML.Data;
using ML.TextToModel.PModels;

namespace ML.TextToModel.MLNet;

/// <summary>
/// The labelled rows of a view, which is read twice: for the classes, and for the rows once it is known how long they
/// are.
/// </summary>
internal sealed class TrainingRows
{
    private const int RowsBetweenLooks = 100, MostUnlabelled = 10_000;

    private readonly IDataView _view;
    private readonly InputColumn _input;
    private readonly DataViewSchema.Column? _label;
    private readonly LabelReader _reader;
    private readonly CancellationToken _cancel;

    /// <summary>Reads the labels.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public TrainingRows(
        IDataView view, InputColumn input, DataViewSchema.Column? label, LabelReader reader, CancellationToken cancel)
    {
        (_view, _input, _label, _reader, _cancel) = (view, input, label, reader, cancel);
        if (label is { } column) Read([column], _ => () => { }, _ => Labelled++);
    }

    /// <summary>The column of the rows.</summary>
    public InputColumn Input => _input;

    /// <summary>The number of rows that have a label.</summary>
    public int Labelled { get; private set; }

    /// <summary>The labelled rows one after the other, and their labels as they were met.</summary>
    /// <param name="length">The numbers of a row.</param>
    /// <param name="size">The size of images; null where rows are none.</param>
    /// <exception cref="ModelInputException">A row cannot be used; the message says why.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public (float[] Values, int[] Labels) Load(int length, (int Height, int Width)? size)
    {
        float[] values = new float[checked(Labelled * length)];
        List<int> labels = new(Labelled);
        Read(
            [_input.Column, _label!.Value],
            cursor =>
            {
                Func<StepInput> next = Inputs(cursor);
                return () => next().Row(_input.Kind, length, size).CopyTo(values.AsSpan(labels.Count * length));
            },
            labels.Add);
        return (values, [.. labels]);
    }

    /// <summary>Rows one after the other, whether they have labels or not: the first of them, where there are many.
    /// </summary>
    /// <param name="length">The numbers of a row.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public float[] LoadUnlabelled(int length)
    {
        List<float> values = [];
        foreach ((StepInput input, _) in First(MostUnlabelled))
            values.AddRange(input.Row(_input.Kind, length, size: null));
        return [.. values];
    }

    /// <summary>The first rows, whether they have labels or not; a row is good until the next one is taken.</summary>
    /// <param name="most">How many, at most.</param>
    /// <returns>Rows, and their labels in the order in which these were met; -1 for none.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public IEnumerable<(StepInput Input, int Label)> First(int most)
    {
        using DataViewRowCursor cursor =
            _view.GetRowCursor(_label is { } column ? [_input.Column, column] : [_input.Column]);
        Func<int> label = _label is { } own ? _reader.Bind(cursor, own) : () => -1;
        Func<StepInput> next = Inputs(cursor);
        for (int i = 0; i < most && cursor.MoveNext(); i++)
        {
            _cancel.ThrowIfCancellationRequested();
            yield return (next(), label());
        }
    }

    /// <summary>Goes through the labelled rows: <paramref name="bind"/>'s action first, then the label.</summary>
    private void Read(
        DataViewSchema.Column[] columns, Func<DataViewRowCursor, Action> bind, Action<int> add)
    {
        using DataViewRowCursor cursor = _view.GetRowCursor(columns);
        Func<int> label = _reader.Bind(cursor, _label!.Value);
        Action row = bind(cursor);
        for (int i = 0; cursor.MoveNext(); i++)
        {
            if (i % RowsBetweenLooks == 0) _cancel.ThrowIfCancellationRequested();
            int found = label();
            if (found < 0) continue;
            row();
            add(found);
        }
    }

    private Func<StepInput> Inputs(DataViewRow row)
    {
        if (_input.Kind == InputKind.Floats)
        {
            ValueGetter<VBuffer<float>> get = row.GetGetter<VBuffer<float>>(_input.Column);
            FloatsInput floats = new();
            VBuffer<float> value = default;
            return () =>
            {
                get(ref value);
                floats.Value = value;
                return floats;
            };
        }
        if (_input.Kind == InputKind.ImageBytes)
        {
            ValueGetter<VBuffer<byte>> get = row.GetGetter<VBuffer<byte>>(_input.Column);
            BytesInput bytes = new();
            VBuffer<byte> value = default;
            return () =>
            {
                get(ref value);
                bytes.Value = value;
                return bytes;
            };
        }
        ValueGetter<ReadOnlyMemory<char>> getText = row.GetGetter<ReadOnlyMemory<char>>(_input.Column);
        TextInput text = new();
        ReadOnlyMemory<char> characters = default;
        return () =>
        {
            getText(ref characters);
            text.Value = characters;
            return text;
        };
    }
}
