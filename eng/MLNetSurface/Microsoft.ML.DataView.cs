// Signatures that the adapter uses, read from the public source of Microsoft.ML 5.0.0 (dotnet/machinelearning, tag
// v5.0.0), in the files named below.
using System;
using System.Collections.Generic;
using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.SearchSpace;
using Microsoft.ML.SearchSpace.Option;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace Microsoft.ML
{
    // src/Microsoft.ML.DataView/IDataView.cs
    public abstract class DataViewRow : IDisposable
    {
        protected DataViewRow() => throw null;

        public abstract ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column);

        public abstract long Position { get; }

        void IDisposable.Dispose() => throw null;
    }

    // src/Microsoft.ML.DataView/IDataView.cs
    public abstract class DataViewRowCursor : DataViewRow
    {
        protected DataViewRowCursor() => throw null;

        public abstract bool MoveNext();
    }

    // src/Microsoft.ML.DataView/DataViewSchema.cs
    public sealed class DataViewSchema : IEnumerable<DataViewSchema.Column>
    {
        internal DataViewSchema() => throw null;

        public DataViewSchema.Column? GetColumnOrNull(string name) => throw null;

        public DataViewSchema.Column this[string name] => throw null;

        public IEnumerator<DataViewSchema.Column> GetEnumerator() => throw null;

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw null;

        public struct Column
        {
            public string Name => throw null;

            public DataViewType Type => throw null;

            public DataViewSchema.Annotations Annotations => throw null;
        }

        public sealed class Annotations
        {
            internal Annotations() => throw null;

            public DataViewSchema Schema => throw null;

            public void GetValue<TValue>(string kind, ref TValue value) => throw null;
        }
    }

    // src/Microsoft.ML.DataView/IDataView.cs
    public interface IDataView
    {
        DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null);

        DataViewSchema Schema { get; }

        bool CanShuffle { get; }

        long? GetRowCount();

        DataViewRowCursor[] GetRowCursorSet(
            IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null);
    }

    // src/Microsoft.ML.DataView/IDataView.cs
    public delegate void ValueGetter<TValue>(ref TValue value);
}

namespace Microsoft.ML.Data
{
    // src/Microsoft.ML.DataView/DataViewType.cs
    public sealed class BooleanDataViewType : PrimitiveDataViewType
    {
        internal BooleanDataViewType() => throw null;

        public static BooleanDataViewType Instance => throw null;
    }

    // src/Microsoft.ML.DataView/DataViewType.cs
    public abstract class DataViewType
    {
        internal DataViewType() => throw null;

        public Type RawType => throw null;
    }

    // src/Microsoft.ML.DataView/KeyDataViewType.cs
    public sealed class KeyDataViewType : PrimitiveDataViewType
    {
        internal KeyDataViewType() => throw null;

        public ulong Count => throw null;

        public KeyDataViewType(Type type, int count) => throw null;
    }

    // src/Microsoft.ML.DataView/DataViewType.cs
    public sealed class NumberDataViewType : PrimitiveDataViewType
    {
        internal NumberDataViewType() => throw null;

        public static NumberDataViewType Single => throw null;

        public static NumberDataViewType Byte => throw null;
    }

    // src/Microsoft.ML.DataView/DataViewType.cs
    public abstract class PrimitiveDataViewType : DataViewType
    {
        internal PrimitiveDataViewType() => throw null;
    }

    // src/Microsoft.ML.DataView/DataViewType.cs
    public abstract class StructuredDataViewType : DataViewType
    {
        internal StructuredDataViewType() => throw null;
    }

    // src/Microsoft.ML.DataView/DataViewType.cs
    public sealed class TextDataViewType : PrimitiveDataViewType
    {
        internal TextDataViewType() => throw null;

        public static TextDataViewType Instance => throw null;
    }

    // src/Microsoft.ML.DataView/VBuffer.cs
    public readonly struct VBuffer<T>
    {
        public IEnumerable<T> DenseValues() => throw null;

        public VBuffer(int length, T[] values, int[] indices = null) => throw null;

        public readonly int Length;

        public void CopyTo(Span<T> destination) => throw null;
    }

    // src/Microsoft.ML.DataView/VectorType.cs
    public sealed class VectorDataViewType : StructuredDataViewType
    {
        internal VectorDataViewType() => throw null;

        public int Size => throw null;

        public bool IsKnownSize => throw null;

        public PrimitiveDataViewType ItemType => throw null;

        public VectorDataViewType(PrimitiveDataViewType itemType, int size = 0) => throw null;
    }
}
