namespace ML.TextToModel.Onnx;

/// <summary>Reads the messages of onnx.proto3; field numbers are those of that file.</summary>
internal static class OnnxModelReader
{
    private const int Most = OnnxLimits.Entries, Few = OnnxLimits.PerEntry;

    /// <summary>ModelProto.</summary>
    public static OnnxModel Read(ReadOnlyMemory<byte> file)
    {
        ReadOnlyMemory<byte>? graph = null;
        long? opset = null;
        for (ProtoReader model = new(file); model.Read();)
        {
            if (model.Field == 7) graph = model.Message;
            else if (model.Field == 8 && Opset(model.Message) is { } version) opset = version;
        }
        if (graph is null || opset is null)
            throw new OnnxException(OnnxFault.Malformed, "There is no graph or operator set: this is no ONNX model.");
        const int first = 11, last = 24;
        return opset is >= first and <= last
            ? ReadGraph(graph.Value, (int)opset)
            : throw new OnnxException(
                OnnxFault.UnknownOperatorSet,
                $"Operator set {opset} is not from {first} to {last}; convert the model.");
    }

    private static long? Opset(ReadOnlyMemory<byte> message)
    {
        string domain = "";
        long version = 0;
        for (ProtoReader set = new(message); set.Read();)
        {
            if (set.Field == 1) domain = set.Text;
            else if (set.Field == 2) version = set.Integer;
        }
        return domain is "" or "ai.onnx" ? version : null;
    }

    /// <summary>GraphProto.</summary>
    private static OnnxModel ReadGraph(ReadOnlyMemory<byte> message, int opset)
    {
        List<OnnxNode> nodes = [];
        Dictionary<string, OnnxTensor> tensors = new(StringComparer.Ordinal);
        List<OnnxInput> inputs = [];
        List<string> outputs = [];
        for (ProtoReader graph = new(message); graph.Read();)
        {
            switch (graph.Field)
            {
                case 1: ProtoReader.Add(nodes, Node(graph.Message), Most); break;
                case 5:
                    (string name, OnnxTensor tensor) = OnnxTensorReader.Read(graph.Message);
                    if (tensors.Count >= Most) throw TooMany("tensors");
                    if (!tensors.TryAdd(name, tensor)) throw Duplicate(name);
                    break;
                case 11: ProtoReader.Add(inputs, Input(graph.Message), Most); break;
                case 12: ProtoReader.Add(outputs, Input(graph.Message).Name, Most); break;
                case 15: throw new OnnxException(OnnxFault.BadTensor, "Sparse tensors are not read.");
            }
        }
        // Until version 3 of the format every constant was an input too.
        inputs.RemoveAll(input => tensors.ContainsKey(input.Name));
        return new OnnxModel(opset, nodes, tensors, inputs, outputs);
    }

    public static OnnxException Duplicate(string name) =>
        new(OnnxFault.DuplicateName, $"Two values are named {Tensors.Formats.Printable.Quote(name)}.");

    private static OnnxException TooMany(string what) => new(OnnxFault.TooLarge, $"There are too many {what}.");

    /// <summary>NodeProto.</summary>
    private static OnnxNode Node(ReadOnlyMemory<byte> message)
    {
        List<string> inputs = [], outputs = [];
        Dictionary<string, OnnxValue> attributes = new(StringComparer.Ordinal);
        string name = "", operation = "", domain = "";
        for (ProtoReader node = new(message); node.Read();)
        {
            switch (node.Field)
            {
                case 1: ProtoReader.Add(inputs, node.Text, Few); break;
                case 2: ProtoReader.Add(outputs, node.Text, Few); break;
                case 3: name = node.Text; break;
                case 4: operation = node.Text; break;
                case 5:
                    (string key, OnnxValue value) = Attribute(node.Message);
                    if (attributes.Count >= Few) throw TooMany("attributes of a node");
                    if (!attributes.TryAdd(key, value)) throw Duplicate(key);
                    break;
                case 7: domain = node.Text; break;
            }
        }
        return new OnnxNode(name, operation, domain, inputs, outputs, attributes);
    }

    /// <summary>AttributeProto.</summary>
    private static (string Name, OnnxValue Value) Attribute(ReadOnlyMemory<byte> message)
    {
        string name = "";
        OnnxValue value = new(null, null, null, [], null);
        List<long> integers = [];
        for (ProtoReader attribute = new(message); attribute.Read();)
        {
            switch (attribute.Field)
            {
                case 1: name = attribute.Text; break;
                case 2: value = value with { Single = attribute.Single }; break;
                case 3: value = value with { Integer = attribute.Integer }; break;
                case 4: value = value with { Text = attribute.Text }; break;
                case 5: value = value with { Tensor = OnnxTensorReader.Read(attribute.Message).Tensor }; break;
                case 8: attribute.AddIntegers(integers, Few); break;
            }
        }
        return (name, value with { Integers = integers });
    }

    /// <summary>ValueInfoProto with a tensor's type.</summary>
    private static OnnxInput Input(ReadOnlyMemory<byte> message)
    {
        string name = "";
        List<int?>? sizes = null;
        for (ProtoReader info = new(message); info.Read();)
        {
            if (info.Field == 1) name = info.Text;
            else if (info.Field == 2)
                for (ProtoReader type = new(info.Message); type.Read();)
                    if (type.Field == 1)
                        for (ProtoReader tensor = new(type.Message); tensor.Read();)
                            if (tensor.Field == 2) sizes = Sizes(tensor.Message);
        }
        return new OnnxInput(name, sizes);
    }

    /// <summary>TensorShapeProto.</summary>
    private static List<int?> Sizes(ReadOnlyMemory<byte> message)
    {
        List<int?> sizes = [];
        for (ProtoReader shape = new(message); shape.Read();)
        {
            if (shape.Field != 1) continue;
            int? size = null;
            for (ProtoReader dimension = new(shape.Message); dimension.Read();)
                if (dimension.Field == 1 && dimension.Integer is > 0 and <= int.MaxValue and var value)
                    size = (int)value;
            ProtoReader.Add(sizes, size, Few);
        }
        return sizes;
    }
}
