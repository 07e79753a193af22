namespace Prometheus;

/// <summary>A double that many threads add to.</summary>
internal struct Amount
{
    private double _value;

    public double Value
    {
        get => Volatile.Read(ref _value);
        set => Volatile.Write(ref _value, value);
    }

    public void Add(double amount)
    {
        double seen;
        do
            seen = Volatile.Read(ref _value);
        while (BitConverter.DoubleToInt64Bits(Interlocked.CompareExchange(ref _value, seen + amount, seen)) != BitConverter.DoubleToInt64Bits(seen));
    }

    public void RaiseTo(double target)
    {
        double seen;
        do
        {
            seen = Volatile.Read(ref _value);
            if (target <= seen)
                return;
        }
        while (BitConverter.DoubleToInt64Bits(Interlocked.CompareExchange(ref _value, target, seen)) != BitConverter.DoubleToInt64Bits(seen));
    }
}
