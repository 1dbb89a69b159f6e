using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace ML.TextToModel.Llm.Tests.Support;

/// <summary>A request that came.</summary>
internal sealed record ChatRequest(string Head, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>All that the messages say, images aside.</summary>
    public string Text => string.Concat(Json["messages"]!.AsArray().Select(message => message!["content"] switch
    {
        JsonArray parts => string.Concat(parts.Select(part => (string?)part!["text"])),
        { } text => (string?)text,
        null => "",
    }));
}

/// <summary>A server on this machine that speaks the protocol of chat completions, well or badly.</summary>
internal sealed class ChatServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<ChatReply> _replies;
    private readonly CancellationTokenSource _stop = new();
    private readonly ChatReply _last;

    /// <param name="replies">One for each request; the last one for all that come after.</param>
    public ChatServer(params ChatReply[] replies)
    {
        (_replies, _last) = (new ConcurrentQueue<ChatReply>(replies), replies[^1]);
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1";

    public ConcurrentQueue<ChatRequest> Requests { get; } = new();

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
        Requests.Enqueue(new ChatRequest(lines, Encoding.UTF8.GetString(body)));
        ChatReply reply = _replies.TryDequeue(out ChatReply? next) ? next : _last;
        if (reply.Stalls) await Task.Delay(Timeout.Infinite, _stop.Token);
        byte[] answer = Encoding.UTF8.GetBytes(reply.Body);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {reply.Status} Status\r\nContent-Type: application/json\r\nContent-Length: {answer.Length}\r\n"
            + $"{reply.Headers}Connection: close\r\n\r\n"));
        await stream.WriteAsync(answer.AsMemory(0, Math.Min(reply.Most, answer.Length)));
    }
}
