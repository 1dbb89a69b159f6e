using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace ML.TextToModel.Datasets;

/// <summary>How far a download is.</summary>
/// <param name="File">The file.</param>
/// <param name="Bytes">What is there of it.</param>
public readonly record struct DownloadProgress(DataFile File, long Bytes);

/// <summary>
/// Fetches files over HTTP. What has come so far is kept beside the target, in NAME.partial, and a later call goes on
/// from there; only a file of the right size and SHA-256 gets the target's name, in one step. Safe for use by several
/// threads at once on different targets.
/// </summary>
/// <param name="client">Its timeout does not count: a transfer may take long, but not stand still.</param>
public sealed class DataDownload(HttpClient client)
{
    private const int MaxFailures = 5, BufferBytes = 1 << 16;

    /// <summary>Clock of the pauses.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Pause after a first failure, doubled after each further one. Default 1 second.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long nothing may come before the connection counts as lost. Default 30 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Fetches a file, unless it is there already.</summary>
    /// <param name="file">What it must be.</param>
    /// <param name="address">Where it is offered.</param>
    /// <param name="target">Its path on disk; folders are created.</param>
    /// <param name="progress">Told at the start and after each piece.</param>
    /// <param name="cancel">Stops; what has come is kept.</param>
    /// <returns>Whether anything had to be fetched.</returns>
    /// <exception cref="ModelInputException">
    /// It cannot be fetched, or is not the file that is known under this name.
    /// </exception>
    /// <exception cref="IOException">The target cannot be written.</exception>
    public async Task<bool> GetAsync(
        DataFile file, Uri address, string target, IProgress<DownloadProgress>? progress = null,
        CancellationToken cancel = default)
    {
        if (IsSound(file, target)) return false;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
        string partial = $"{target}.partial";
        using (var stream = new FileStream(partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            if (stream.Length > file.Bytes) stream.SetLength(0);
            bool resumed = stream.Length > 0;
            await CompleteAsync(file, address, stream, progress, cancel);
            // What an earlier run left may be of another file; what came in one piece has no such excuse.
            if (!IsSound(file, stream) && resumed)
            {
                stream.SetLength(0);
                await CompleteAsync(file, address, stream, progress, cancel);
            }
            if (!IsSound(file, stream))
            {
                stream.SetLength(0);
                throw new ModelInputException($"{address} has the right size and another SHA-256 than {file.Sha256}: " +
                    "it was changed at its source or on the way. Nothing was kept.");
            }
            stream.Flush(flushToDisk: true);
        }
        File.Move(partial, target, overwrite: true);
        return true;
    }

    /// <summary>Whether a file is there and has the right size and SHA-256.</summary>
    public static bool IsSound(DataFile file, string path)
    {
        if (!File.Exists(path)) return false;
        using FileStream stream = File.OpenRead(path);
        return IsSound(file, stream);
    }

    private static bool IsSound(DataFile file, FileStream stream)
    {
        if (stream.Length != file.Bytes) return false;
        stream.Position = 0;
        return Convert.ToHexStringLower(SHA256.HashData(stream)) == file.Sha256;
    }

    /// <summary>Fetches what is missing, again and again while something comes.</summary>
    private async Task CompleteAsync(
        DataFile file, Uri address, FileStream stream, IProgress<DownloadProgress>? progress, CancellationToken cancel)
    {
        for (int failures = 0; stream.Length < file.Bytes;)
        {
            cancel.ThrowIfCancellationRequested();
            long before = stream.Length;
            progress?.Report(new(file, before));
            string? failure = await ReceiveAsync(file, address, stream, progress, cancel);
            if (failure is null) continue;
            failures = stream.Length > before ? 0 : failures + 1;
            if (failures == MaxFailures)
            {
                throw new ModelInputException($"{address} cannot be fetched: {failure} " +
                    $"{stream.Length:N0} of {file.Bytes:N0} bytes are kept; the same command goes on from there.");
            }
            await Task.Delay(Pause * (1 << failures), Time, cancel);
        }
    }

    /// <summary>Asks for the rest of a file and appends what comes.</summary>
    /// <returns>What went wrong and may go better the next time; null where all came.</returns>
    private async Task<string?> ReceiveAsync(
        DataFile file, Uri address, FileStream stream, IProgress<DownloadProgress>? progress, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (stream.Length > 0) request.Headers.Range = new RangeHeaderValue(stream.Length, null);
        byte[] buffer = new byte[BufferBytes];
        bool writing = false;
        try
        {
            using HttpResponseMessage response =
                await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (Refusal(response, file, address, stream) is { } refusal) return refusal;
            await using Stream content = await response.Content.ReadAsStreamAsync(patience.Token);
            stream.Position = stream.Length;
            while (true)
            {
                patience.CancelAfter(Patience);
                int count = await content.ReadAsync(buffer, patience.Token);
                if (count == 0) return stream.Length < file.Bytes ? "the connection ended early." : null;
                if (stream.Length + count > file.Bytes) throw WrongSize(file, address, "more");
                writing = true;
                stream.Write(buffer.AsSpan(0, count));
                writing = false;
                progress?.Report(new(file, stream.Length));
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return $"nothing came for {Patience.TotalSeconds:N0} s.";
        }
        catch (Exception lost) when (!writing && lost is (HttpRequestException or IOException))
        {
            return $"{lost.Message.TrimEnd('.')}.";
        }
    }

    /// <summary>Looks at the head of a response; cuts the file back where the response does not continue it.</summary>
    private static string? Refusal(HttpResponseMessage response, DataFile file, Uri address, FileStream stream)
    {
        (HttpStatusCode status, HttpContentHeaders headers) = (response.StatusCode, response.Content.Headers);
        if (status is HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            stream.SetLength(0);
            return "the server has no such part.";
        }
        if ((int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests)
            return $"the server answers {(int)status} {response.ReasonPhrase}.";
        if (!response.IsSuccessStatusCode)
        {
            throw new ModelInputException($"{address} cannot be fetched: the server answers {(int)status} " +
                $"{response.ReasonPhrase}. Fetch the file by hand, or from a mirror.");
        }
        bool continues = status == HttpStatusCode.PartialContent && headers.ContentRange?.From == stream.Length;
        if (status == HttpStatusCode.PartialContent && !continues)
        {
            stream.SetLength(0);
            return "the server sent another part than it was asked for.";
        }
        if (!continues) stream.SetLength(0);   // it sends the whole file
        long? size = continues ? headers.ContentRange?.Length : headers.ContentLength;
        return size is null || size == file.Bytes ? null : throw WrongSize(file, address, $"{size:N0}");
    }

    private static ModelInputException WrongSize(DataFile file, Uri address, string size) => new(
        $"{address} is of {size} bytes, and {file.Bytes:N0} are expected: it was changed at its source. " +
        "Fetch the file by hand, or from a mirror.");
}
