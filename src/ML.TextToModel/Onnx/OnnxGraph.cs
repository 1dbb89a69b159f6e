using System.Runtime.InteropServices;

namespace ML.TextToModel.Onnx;

/// <summary>
/// A graph of ONNX operators that grows node by node and is written as a model of opset 12 and ai.onnx.ml 2. Field
/// numbers are those of onnx.proto3.
/// </summary>
internal sealed class OnnxGraph
{
    private const int Opset = 12, MlOpset = 2, IrVersion = 7;
    private const int Float = 1, Int64 = 7, String = 8;   // TensorProto.DataType

    private readonly ProtoWriter _graph = new();
    private readonly HashSet<string> _public = new(StringComparer.Ordinal);
    private int _names;

    /// <summary>Adds an input (N, columns) of floats.</summary>
    public string FloatInput(string name, int columns = 1) => Input(name, Float, columns);

    /// <summary>Adds an input of images (N, 3, height, width), floats.</summary>
    public string ImageInput(string name, int height, int width) => Input(name, Float, 3, height, width);

    /// <summary>Adds an input (N, 1) of texts.</summary>
    public string TextInput(string name) => Input(name, String, 1);

    /// <summary>Names a value as an output (N, columns) of floats.</summary>
    public void FloatOutput(string value, string name, int columns) => Output(value, name, Float, [null, columns]);

    /// <summary>
    /// Names the columns of an output for ML.NET, whose OnnxTransformer finds slot names in a node of this name and
    /// form. Nothing depends on the node.
    /// </summary>
    public void SlotNames(string output, IReadOnlyList<string> names) => Node(
        "LabelEncoder", [Constant(names)], $"mlnet.{output}.SlotNames",
        OnnxAttribute.Texts("keys_strings", names), OnnxAttribute.Texts("values_strings", names));

    /// <summary>Names a value as an output (N) of texts.</summary>
    public void TextOutput(string value, string name) => Output(value, name, String, [null]);

    /// <summary>Adds a constant.</summary>
    public string Constant(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape) =>
        Constant(Float, shape, tensor => tensor, MemoryMarshal.AsBytes(values));

    /// <inheritdoc cref="Constant(ReadOnlySpan{float}, ReadOnlySpan{int})"/>
    public string Constant(ReadOnlySpan<long> values, params ReadOnlySpan<int> shape) =>
        Constant(Int64, shape, tensor => tensor, MemoryMarshal.AsBytes(values));

    /// <summary>Adds a constant list of texts.</summary>
    public string Constant(IReadOnlyList<string> values) => Constant(
        String, [values.Count],
        tensor => values.Aggregate(tensor, (writer, value) => writer.Text(6, value)), []);   // string_data

    /// <summary>Adds a node with one output.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="inputs">Names of values.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <returns>The name of the output.</returns>
    public string Node(string operation, string[] inputs, params ReadOnlySpan<OnnxAttribute> attributes) =>
        Node(operation, inputs, NewName(operation), attributes);

    private string Node(
        string operation, string[] inputs, string output, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        ProtoWriter node = new();
        foreach (string input in inputs) node.Text(1, input);
        node.Text(2, output).Text(3, output).Text(4, operation);
        foreach (OnnxAttribute attribute in attributes) node.Message(5, attribute.Message);
        if (operation == "LabelEncoder") node.Text(7, "ai.onnx.ml");
        _graph.Message(1, node);
        return output;
    }

    /// <summary>The model file.</summary>
    /// <param name="metadata">Keys and values for whoever opens the file.</param>
    public byte[] Model(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        _graph.Text(2, "classifier");
        ProtoWriter model = new ProtoWriter()
            .Integer(1, IrVersion).Text(2, "ML.TextToModel").Message(7, _graph)
            .Message(8, new ProtoWriter().Text(1, "").Integer(2, Opset))
            .Message(8, new ProtoWriter().Text(1, "ai.onnx.ml").Integer(2, MlOpset));
        foreach ((string key, string value) in metadata)
            model.Message(14, new ProtoWriter().Text(1, key).Text(2, value));
        return model.ToArray();
    }

    private string Input(string name, int type, params ReadOnlySpan<int> sizes)
    {
        _graph.Message(11, Value(name, type, [null, .. sizes]));
        return name;
    }

    private void Output(string value, string name, int type, int?[] shape)
    {
        // An identity gives the value its public name.
        Node("Identity", [value], name);
        _graph.Message(12, Value(name, type, shape));
    }

    private ProtoWriter Value(string name, int type, int?[] shape)
    {
        if (!_public.Add(name))
            throw new ModelInputException($"Two inputs or outputs of the ONNX model would be named '{name}'.");
        ProtoWriter dimensions = new();
        foreach (int? size in shape)
        {
            dimensions.Message(1, size is { } known
                ? new ProtoWriter().Integer(1, known)
                : new ProtoWriter().Text(2, "N"));
        }
        ProtoWriter tensor = new ProtoWriter().Integer(1, type).Message(2, dimensions);
        return new ProtoWriter().Text(1, name).Message(2, new ProtoWriter().Message(1, tensor));
    }

    private string Constant(
        int type, ReadOnlySpan<int> shape, Func<ProtoWriter, ProtoWriter> data, ReadOnlySpan<byte> raw)
    {
        string name = NewName("constant");
        ProtoWriter tensor = new();
        foreach (int size in shape) tensor.Integer(1, size);
        data(tensor.Integer(2, type)).Text(8, name);
        if (type != String) tensor.Bytes(9, raw);   // raw_data, little-endian
        _graph.Message(5, tensor);
        return name;
    }

    private string NewName(string kind) => $"t2m/{kind}/{_names++}";
}

/// <summary>An attribute of a node.</summary>
internal readonly record struct OnnxAttribute(ProtoWriter Message)
{
    private const int Ints = 7, IntegerType = 2, Strings = 8;   // AttributeProto.AttributeType

    public static OnnxAttribute Integer(string name, long value) =>
        new(new ProtoWriter().Text(1, name).Integer(3, value).Integer(20, IntegerType));

    public static OnnxAttribute Integers(string name, IEnumerable<long> values) => new(values
        .Aggregate(new ProtoWriter().Text(1, name), (writer, value) => writer.Integer(8, value)).Integer(20, Ints));

    public static OnnxAttribute Texts(string name, IEnumerable<string> values) => new(values
        .Aggregate(new ProtoWriter().Text(1, name), (writer, value) => writer.Text(9, value)).Integer(20, Strings));
}
