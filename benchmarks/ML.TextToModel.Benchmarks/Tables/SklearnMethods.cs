using System.Text.Json;

namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>The methods of scikit-learn; a peer that stays up fits them with one thread, at low priority.</summary>
internal sealed class SklearnMethods(BenchmarkContext context)
{
    private readonly Lazy<(PythonPeer? Peer, string? Why)> _peer = new(() =>
        (PythonPeer.Start("tables.py", out string? why), why));

    public TableMethod Create(string name) => new(name, round => Predict(name, round)) { Kept = true };

    /// <exception cref="PeerAbsentException">The peer cannot run here.</exception>
    private TablePredictions Predict(string name, TableRound round)
    {
        if (_peer.Value.Peer is not { } peer) throw new PeerAbsentException(_peer.Value.Why!);
        string file = Artifacts.Path(context, Path.Combine("tables", "reply.csv"));
        JsonElement reply;
        try
        {
            reply = peer.Run(new
            {
                run = name, data = round.Table.CsvFile, categorical = round.Table.Categorical, split = round.File,
                @out = file,
            });
        }
        catch (InvalidOperationException)
        {
            context.Cancel.ThrowIfCancellationRequested();   // Ctrl-C ends the peer too
            throw;
        }
        return new(
            TablePredictions.ReadProbabilities(file), reply.GetProperty("fitSeconds").GetDouble(),
            reply.GetProperty("predictMicroseconds").GetDouble(), reply.GetProperty("detail").GetString()!);
    }
}

/// <summary>A peer cannot run on this machine.</summary>
internal sealed class PeerAbsentException(string why) : Exception(why);
