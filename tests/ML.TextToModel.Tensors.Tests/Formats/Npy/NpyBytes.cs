using System.Runtime.InteropServices;
using System.Text;

namespace ML.TextToModel.Tensors.Tests.Formats;

/// <summary>Builds npy files of little-endian floats.</summary>
internal static class NpyBytes
{
    public static byte[] Write(float[] values, bool fortranOrder, params int[] shape)
    {
        string sizes = string.Concat(shape.Select(size => $"{size},"));
        string order = fortranOrder ? "True" : "False";
        string header = $"{{'descr': '<f4', 'fortran_order': {order}, 'shape': ({sizes})}}\n";
        return
        [
            0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8),
            .. Encoding.ASCII.GetBytes(header), .. MemoryMarshal.AsBytes(values.AsSpan()),
        ];
    }
}
