using Microsoft.ML.Data;

namespace ML.TextToModel.MLNet;

/// <summary>Something to do with values of a type that a column names.</summary>
internal interface IValueVisitor<out TResult>
{
    /// <summary>Does it with values of type <typeparamref name="T"/>, which <paramref name="type"/> names.</summary>
    TResult Visit<T>(PrimitiveDataViewType type);
}

/// <summary>The types of values that labels and the values of keys may have.</summary>
internal static class ValueTypes
{
    /// <summary>Lets the visitor do its work; default where <paramref name="type"/> is none of these.</summary>
    public static TResult? Visit<TResult>(DataViewType? type, IValueVisitor<TResult> visitor) => type switch
    {
        TextDataViewType text => visitor.Visit<ReadOnlyMemory<char>>(text),
        BooleanDataViewType boolean => visitor.Visit<bool>(boolean),
        NumberDataViewType number when number.RawType == typeof(float) => visitor.Visit<float>(number),
        NumberDataViewType number when number.RawType == typeof(double) => visitor.Visit<double>(number),
        NumberDataViewType number when number.RawType == typeof(sbyte) => visitor.Visit<sbyte>(number),
        NumberDataViewType number when number.RawType == typeof(byte) => visitor.Visit<byte>(number),
        NumberDataViewType number when number.RawType == typeof(short) => visitor.Visit<short>(number),
        NumberDataViewType number when number.RawType == typeof(ushort) => visitor.Visit<ushort>(number),
        NumberDataViewType number when number.RawType == typeof(int) => visitor.Visit<int>(number),
        NumberDataViewType number when number.RawType == typeof(uint) => visitor.Visit<uint>(number),
        NumberDataViewType number when number.RawType == typeof(long) => visitor.Visit<long>(number),
        NumberDataViewType number when number.RawType == typeof(ulong) => visitor.Visit<ulong>(number),
        _ => default,
    };
}
