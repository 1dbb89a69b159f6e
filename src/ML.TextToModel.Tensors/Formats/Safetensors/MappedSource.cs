using System.Buffers;
using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace ML.TextToModel.Tensors.Formats;

/// <summary>
/// A file mapped into memory: only the pages that are read are loaded. Where a file is cut after it was mapped,
/// touching what lies behind its end kills the process, so each visit asks for the file's length first. A file that is
/// cut during the visit itself remains a danger; hence writers should replace files by renaming, as ours does, instead
/// of writing into them.
/// </summary>
internal sealed unsafe class MappedSource : ByteSource
{
    private readonly SafeFileHandle _file;
    private readonly MemoryMappedFile? _map;
    private readonly MemoryMappedViewAccessor? _view;

    public MappedSource(string path) : base(path)
    {
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            Length = RandomAccess.GetLength(_file);
            if (Length == 0) return;   // an empty file cannot be mapped

            _map = MemoryMappedFile.CreateFromFile(_file, mapName: null, capacity: 0,
                MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            _view = _map.CreateViewAccessor(offset: 0, Length, MemoryMappedFileAccess.Read);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public override long Length { get; }

    public override void Visit<TState>(long offset, int count, TState state, ReadOnlySpanAction<byte, TState> visit)
    {
        ObjectDisposedException.ThrowIf(_file.IsClosed, typeof(SafetensorsFile));
        if (count == 0)
        {
            visit([], state);
            return;
        }
        long length = RandomAccess.GetLength(_file);
        if (length < Length)
            throw new SafetensorsException(SafetensorsFault.FileShrank, Origin,
                $"The file had {Length:N0} bytes when it was opened and has {length:N0} now. " +
                "Another program changed it; open it again when that is done.");

        // Holding the pointer keeps the view mapped until the visit is over, even where another thread disposes.
        SafeMemoryMappedViewHandle handle = _view!.SafeMemoryMappedViewHandle;
        byte* start = null;
        try
        {
            handle.AcquirePointer(ref start);
            visit(new ReadOnlySpan<byte>(start + _view.PointerOffset + offset, count), state);
        }
        finally
        {
            if (start != null) handle.ReleasePointer();
        }
    }

    public override void Dispose()
    {
        _view?.Dispose();
        _map?.Dispose();
        _file.Dispose();
    }
}
