using FsCheck;
using FsCheck.Fluent;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Tensors.Tests.Formats;

public sealed class NpyFileTests
{
    [Theory]
    [InlineData("f2"), InlineData("f4"), InlineData("f8"), InlineData("f4-big"), InlineData("f8-big")]
    [InlineData("i4"), InlineData("i8"), InlineData("fortran"), InlineData("version2"), InlineData("version3")]
    public void Arrays_that_NumPy_wrote_are_read(string name)
    {
        NpyFile file = NpyFile.Read(GoldenFile.Path($"{name}.npy"));
        Assert.Equal([2, 3, 4], file.Shape);
        Assert.Equal(Enumerable.Range(-3, 24).Select(i => (float)i), file.Values);
    }

    [Fact]
    public void Bytes_and_truth_values_become_floats()
    {
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (float)i), NpyFile.Read(GoldenFile.Path("u1.npy")).Values);
        Assert.Equal(
            Enumerable.Range(-3, 24).Select(i => i % 2 == 0 ? 1f : 0f), NpyFile.Read(GoldenFile.Path("b1.npy")).Values);
    }

    [Fact]
    public void A_scalar_has_one_element_and_an_empty_array_none()
    {
        NpyFile scalar = NpyFile.Read(GoldenFile.Path("scalar.npy"));
        Assert.Empty(scalar.Shape);
        Assert.Equal([2.5f], scalar.Values);
        NpyFile empty = NpyFile.Read(GoldenFile.Path("empty.npy"));
        Assert.Equal([3, 0], empty.Shape);
        Assert.Empty(empty.Values);
    }

    [Fact]
    public void An_array_longer_than_one_chunk_grows_while_it_arrives()
    {
        int count = 3 * (1 << 16) + 5;
        float[] values = [.. Enumerable.Range(0, count).Select(i => (float)i)];
        byte[] file = NpyBytes.Write(values, fortranOrder: false, count);
        Assert.Equal(values, NpyFile.Read(new Trickle(file)).Values);
    }

    [Fact]
    public void A_stream_is_read_from_where_it_stands()
    {
        byte[] file = File.ReadAllBytes(GoldenFile.Path("f4.npy"));
        using var stream = new MemoryStream([1, 2, 3, .. file]) { Position = 3 };
        Assert.Equal(24, NpyFile.Read(stream).Values.Length);
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void Column_major_arrays_of_every_shape_become_row_major()
    {
        Gen<int[]> shapes = Gen.Choose(0, 4).ArrayOf().Where(shape => shape.Length <= 5);
        Prop.ForAll(shapes.ToArbitrary(), shape =>
        {
            float[] rowMajor = [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(i => (float)i)];
            float[] columnMajor = new float[rowMajor.Length];
            for (int i = 0; i < rowMajor.Length; i++)
            {
                // The place of element i: its index along each dimension, weighed with the sizes before that dimension.
                int rest = i, to = 0;
                for (int d = shape.Length - 1; d >= 0; rest /= shape[d--])
                    to += rest % shape[d] * shape[..d].Aggregate(1, (a, b) => a * b);
                columnMajor[to] = rowMajor[i];
            }
            NpyFile file = NpyFile.Read(new MemoryStream(NpyBytes.Write(columnMajor, fortranOrder: true, shape)));
            Assert.Equal(shape, file.Shape);
            Assert.Equal(rowMajor, file.Values);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(7, 9));
    }

    [Fact]
    public void The_class_name_vectors_of_the_shared_data_have_unit_length()
    {
        string? data = Environment.GetEnvironmentVariable("T2M_DATA");
        if (data is null) Assert.Skip("T2M_DATA is not set; the class name vectors beside it are not read.");
        string path = Path.Combine(data, "..", "models", "clip", "clip_vitb32_text_cifar100.npy");
        Assert.SkipUnless(File.Exists(path), $"{path} does not exist.");

        NpyFile file = NpyFile.Read(path);
        Assert.Equal([100, 512], file.Shape);
        foreach (float[] row in file.Values.Chunk(512))
            Assert.Equal(1, Math.Sqrt(row.Sum(value => (double)value * value)), tolerance: 1e-4);   // stored in 32 bits
    }
}
