using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Tensors.Tests.Formats;

public sealed class AtomicFileTests
{
    [Fact]
    public void A_failure_half_way_leaves_the_old_file_whole_and_nothing_beside_it()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("model.bin");
        File.WriteAllText(path, "old");
        Assert.Throws<InvalidTimeZoneException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new InvalidTimeZoneException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["model.bin"], folder.Names());
    }

    [Fact]
    public void Until_the_last_byte_is_written_the_old_file_stands()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("model.bin");
        File.WriteAllText(path, "old");
        AtomicFile.Write(path, stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(path));
            Assert.Equal(2, folder.Names().Length);   // the temporary file is in the same folder
        });
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(["model.bin"], folder.Names());
    }

    [Fact]
    public void A_folder_in_the_way_is_an_error_that_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("model.bin");
        Directory.CreateDirectory(path);
        Assert.ThrowsAny<Exception>(() => AtomicFile.Write(path, stream => stream.WriteByte(1)));
        Assert.Empty(folder.Names());
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_an_error()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(folder.File("no/model.bin"), _ => { }));
    }
}
