using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ML.TextToModel.Datasets.Tests;

/// <summary>What the server does with a request.</summary>
internal sealed record Reply
{
    /// <summary>The status of a request without a body; 0 to send the file.</summary>
    public int Status { get; init; }

    /// <summary>Closes the connection after so many bytes of the body.</summary>
    public int Most { get; init; } = int.MaxValue;

    /// <summary>Sends the whole file when asked for the rest.</summary>
    public bool IgnoresRanges { get; init; }

    /// <summary>Sends a part that begins so many bytes later than asked.</summary>
    public int Shift { get; init; }

    /// <summary>Sends other bytes, as many.</summary>
    public bool Wrong { get; init; }

    /// <summary>Sends so many bytes more than there are.</summary>
    public int Extra { get; init; }

    /// <summary>Leaves the size out.</summary>
    public bool HidesSize { get; init; }

    /// <summary>Sends nothing more, and keeps the connection open.</summary>
    public bool Stalls { get; init; }
}

/// <summary>A small HTTP server on this machine that gives out one file, well or badly.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private const string RangeHeader = "Range: bytes=";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<Reply> _replies;
    private readonly byte[] _file;
    private readonly CancellationTokenSource _stop = new();

    /// <param name="file">The file.</param>
    /// <param name="replies">What to do with each request; later ones are served well.</param>
    public LoopbackServer(byte[] file, params Reply[] replies)
    {
        (_file, _replies) = (file, new ConcurrentQueue<Reply>(replies));
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Path and range of each request.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                return;   // the test is over
            }
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using (client) await AnswerAsync(client.GetStream());
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side went away, or the test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) > 0)
            head.Append((char)one[0]);
        string[] lines = head.ToString().Split("\r\n");
        string range = lines.FirstOrDefault(l => l.StartsWith(RangeHeader, StringComparison.OrdinalIgnoreCase)) ?? "";
        string asked = range.Length > 0 ? range[RangeHeader.Length..].TrimEnd('-') : "";
        Requests.Enqueue($"{lines[0].Split(' ')[1]} {asked}".TrimEnd());
        Reply reply = _replies.TryDequeue(out Reply? next) ? next : new Reply();
        if (reply.Status > 0)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 {reply.Status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            return;
        }
        bool part = asked.Length > 0 && !reply.IgnoresRanges;
        int from = part ? int.Parse(asked) + reply.Shift : 0;
        byte[] body = [.. _file[from..], .. new byte[reply.Extra]];
        if (reply.Wrong) body = [.. body.Select(b => (byte)~b)];
        string size = reply.HidesSize ? "" : $"Content-Length: {body.Length}\r\n";
        string where = part ? $"Content-Range: bytes {from}-{_file.Length - 1}/{_file.Length}\r\n" : "";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {(part ? "206 Partial Content" : "200 OK")}\r\n{size}{where}Connection: close\r\n\r\n"));
        await stream.WriteAsync(body.AsMemory(0, Math.Min(reply.Most, body.Length)));
        if (reply.Stalls) await Task.Delay(Timeout.Infinite, _stop.Token);
    }
}
