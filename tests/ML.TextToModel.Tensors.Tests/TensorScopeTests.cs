using System.Runtime.CompilerServices;

namespace ML.TextToModel.Tensors.Tests;

public sealed class TensorScopeTests
{
    private const int UnusualCount = 1_300_003;   // of a capacity that no other test uses at the same time

    [Fact]
    public void Memory_of_a_closed_scope_is_used_again()
    {
        Tensor first, second;
        using (new TensorScope()) first = Tensor.Zeros([UnusualCount]);
        using (new TensorScope()) second = Tensor.Zeros([UnusualCount - 5]);
        Assert.Same(first.Storage, second.Storage);
    }

    [Fact]
    public void Tensors_of_a_closed_scope_throw()
    {
        using TensorScope outer = new();
        Tensor x, view;
        using (new TensorScope())
        {
            x = Tensor.Full([2, 1], 3);
            view = x.Transpose();
        }
        Action[] uses =
        [
            () => x.AsSpan(), () => x.ToArray(), () => x.Slice(0..1).Item(), () => x.Detach(), () => x.Clone(),
            () => view.ToArray(), () => x.Reshape(1, 2), () => x.Permute(1, 0), () => x.Expand([2, 2]),
            () => _ = x + 1, () => x.Sum(), () => x.Pad((1, 1)),
            () => x.MatMul(view), () => x.Gather(0), () => outer.Keep(x),
        ];
        Assert.All(uses, use => Assert.Contains("The scope of this tensor was closed; use TensorScope.Keep.",
            Assert.Throws<ObjectDisposedException>(use).Message));
        Assert.Equal("f32 (2, 1) of a closed scope", x.ToString());
    }

    [Fact]
    public void Kept_tensors_and_their_views_outlive_their_scope()
    {
        Tensor kept, view;
        using (TensorScope scope = new())
        {
            kept = scope.Keep(Tensor.Full([UnusualCount], 7));
            view = kept.Slice(5..10);
        }
        using (new TensorScope()) Tensor.Zeros([UnusualCount]);
        Assert.All(kept.ToArray(), value => Assert.Equal(7, value));
        Assert.Equal([7, 7, 7, 7, 7], view.ToArray());
    }

    [Fact]
    public void Tensors_that_are_passed_on_belong_to_the_scope_around()
    {
        Tensor x, y;
        using (new TensorScope())
        {
            using (TensorScope inner = new())
            {
                x = inner.PassOn(Tensor.Full([UnusualCount], 7));
                y = Tensor.Full([UnusualCount], 8);
            }
            Assert.Equal(7, x.AsSpan()[^1]);
            Assert.Throws<ObjectDisposedException>(() => y.ToArray());
        }
        Assert.Throws<ObjectDisposedException>(() => x.ToArray());
        using (TensorScope only = new()) x = only.PassOn(Tensor.Full([3], 9));
        Assert.Equal([9, 9, 9], x.ToArray());
    }

    [Fact]
    public void A_scope_keeps_only_what_is_its_own()
    {
        Tensor x;
        using (new TensorScope())
        {
            x = Tensor.Zeros([3]);
            using (TensorScope inner = new()) inner.Keep(x);
            Assert.Equal(new float[3], x.ToArray());
        }
        Assert.Throws<ObjectDisposedException>(() => x.ToArray());
    }

    [Fact]
    public void Scopes_nest()
    {
        using TensorScope outer = new();
        Tensor before = Tensor.Full([3], 1), inside;
        using (new TensorScope()) inside = before + 1;
        Tensor after = before + 2;
        Assert.Throws<ObjectDisposedException>(() => inside.ToArray());
        Assert.Equal([1, 1, 1], before.ToArray());
        Assert.Equal([3, 3, 3], after.ToArray());
    }

    [Fact]
    public void Scopes_close_in_reverse_order_and_once()
    {
        TensorScope outer = new(), inner = new();
        Assert.Equal("Close the scopes of a thread in reverse order.",
            Assert.Throws<InvalidOperationException>(outer.Dispose).Message);
        inner.Dispose();
        inner.Dispose();
        outer.Dispose();
        outer.Dispose();
    }

    [Fact]
    public void A_scope_ends_when_an_exception_passes()
    {
        Tensor? x = null;
        Assert.Throws<ArgumentException>(() =>
        {
            using TensorScope scope = new();
            x = Tensor.Zeros([2]);
            return x + Tensor.Zeros([3]);
        });
        Assert.Throws<ObjectDisposedException>(() => x!.ToArray());
        Assert.Null(Tensor.Zeros([2]).Storage.Scope);
    }

    [Fact]
    public void A_scope_belongs_to_its_thread()
    {
        Tensor? x = null;
        using (new TensorScope())
        {
            Thread other = new(() => x = Tensor.Full([2], 5));
            other.Start();
            other.Join();
        }
        Assert.Equal([5, 5], x!.ToArray());
    }

    [Fact]
    public void Clones_and_tensors_made_outside_are_not_pooled()
    {
        Tensor clone;
        using (new TensorScope()) clone = Tensor.Full([4], 2).Clone();
        Assert.Equal([2, 2, 2, 2], clone.ToArray());
        Assert.Null(clone.Storage.Scope);
    }

    [Fact]
    public void A_span_keeps_its_memory_alive()
    {
        Span<float> span = SpanOfForgottenTensor();
        for (int i = 0; i < 20; i++)
        {
            GC.Collect();
            Tensor.Full([UnusualCount], -1);
        }
        foreach (float value in span) Assert.Equal(7, value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Span<float> SpanOfForgottenTensor() => Tensor.Full([UnusualCount], 7).AsSpan();
}
