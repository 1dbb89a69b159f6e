using System.Buffers.Binary;
using System.Runtime.InteropServices;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Onnx;

/// <summary>Reads TensorProto: 32-bit floats and 64-bit integers, raw or as lists.</summary>
internal static class OnnxTensorReader
{
    private const int Float = 1, Int64 = 7;   // TensorProto.DataType

    /// <exception cref="OnnxException">The tensor is damaged, or of a kind that is not read.</exception>
    public static (string Name, OnnxTensor Tensor) Read(ReadOnlyMemory<byte> message)
    {
        string name = "";
        long type = 0;
        bool elsewhere = false;
        ReadOnlyMemory<byte>? raw = null;
        List<long> sizes = [], integers = [];
        List<float> singles = [];
        for (ProtoReader tensor = new(message); tensor.Read();)
        {
            switch (tensor.Field)
            {
                case 1: tensor.AddIntegers(sizes, OnnxLimits.PerEntry); break;
                case 2: type = tensor.Integer; break;
                case 4: tensor.AddSingles(singles, OnnxLimits.FileBytes / sizeof(float)); break;
                case 7: tensor.AddIntegers(integers, OnnxLimits.FileBytes / sizeof(long)); break;
                case 8: name = tensor.Text; break;
                case 9: raw = tensor.Message; break;
                case 14: elsewhere |= tensor.Integer != 0; break;   // data_location
            }
        }
        string quoted = Printable.Quote(name);
        if (elsewhere) throw Bad($"The data of the tensor {quoted} lie in another file.");
        if (type is not (Float or Int64))
            throw Bad($"The tensor {quoted} has the element type {type}, not float or int64.");
        int[] shape = [.. sizes.Select(size => size is >= 0 and <= int.MaxValue ? (int)size : -1)];
        if (shape.Contains(-1) || !PackedSize.TryGet(shape, 1, out long count))
            throw Bad($"The tensor {quoted} has no valid shape.");
        long found = raw is { } bytes
            ? bytes.Length % Size(type) == 0 ? bytes.Length / Size(type) : -1
            : type == Float ? singles.Count : integers.Count;
        if (found != count) throw Bad($"The tensor {quoted} has not the {count} elements of its shape.");
        return (name, type == Float
            ? new OnnxTensor(shape, raw is null ? [.. singles] : Singles(raw.Value.Span), null)
            : new OnnxTensor(shape, null, raw is null ? [.. integers] : Integers(raw.Value.Span)));
    }

    private static int Size(long type) => type == Float ? sizeof(float) : sizeof(long);

    private static float[] Singles(ReadOnlySpan<byte> raw)
    {
        float[] values = new float[raw.Length / sizeof(float)];
        if (BitConverter.IsLittleEndian) raw.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        else
            for (int i = 0; i < values.Length; i++)
                values[i] = BinaryPrimitives.ReadSingleLittleEndian(raw[(i * sizeof(float))..]);
        return values;
    }

    private static long[] Integers(ReadOnlySpan<byte> raw)
    {
        long[] values = new long[raw.Length / sizeof(long)];
        for (int i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadInt64LittleEndian(raw[(i * sizeof(long))..]);
        return values;
    }

    private static OnnxException Bad(string what) => new(OnnxFault.BadTensor, what);
}
