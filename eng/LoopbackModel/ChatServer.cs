using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ML.TextToModel.Loopback;

/// <summary>A server on this machine that speaks the protocol of chat completions, well or badly.</summary>
public sealed class ChatServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<ChatRequest, ChatReply> _answer;

    /// <param name="replies">One for each request; the last one for all that come after.</param>
    public ChatServer(params ChatReply[] replies) : this(InTurn(replies))
    {
    }

    /// <param name="answer">Answers a request; may be asked by several threads.</param>
    public ChatServer(Func<ChatRequest, ChatReply> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    /// <summary>The base address, as clients want it.</summary>
    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1";

    /// <summary>The requests that came, in order.</summary>
    public ConcurrentQueue<ChatRequest> Requests { get; } = new();

    /// <summary>Stops serving.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private static Func<ChatRequest, ChatReply> InTurn(ChatReply[] replies)
    {
        ConcurrentQueue<ChatReply> queue = new(replies);
        return _ => queue.TryDequeue(out ChatReply? next) ? next : replies[^1];
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
                return;   // stopped
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
            // The other side went away, or this one stopped.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        List<byte> head = [];
        byte[] one = new byte[1];
        while (!head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()) && await stream.ReadAsync(one) > 0)
            head.Add(one[0]);
        string lines = Encoding.ASCII.GetString([.. head]);
        const string length = "Content-Length:";
        string? size = lines.Split("\r\n").FirstOrDefault(
            line => line.StartsWith(length, StringComparison.OrdinalIgnoreCase))?[length.Length..];
        byte[] body = new byte[int.Parse(size ?? "0", CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body);
        ChatRequest request = new(lines, Encoding.UTF8.GetString(body));
        Requests.Enqueue(request);
        ChatReply reply = _answer(request);
        if (reply.Stalls) await Task.Delay(Timeout.Infinite, _stop.Token);
        byte[] answer = Encoding.UTF8.GetBytes(reply.Body);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {reply.Status} Status\r\nContent-Type: application/json\r\nContent-Length: {answer.Length}\r\n"
            + $"{reply.Headers}Connection: close\r\n\r\n"));
        await stream.WriteAsync(answer.AsMemory(0, Math.Min(reply.Most, answer.Length)));
    }
}
