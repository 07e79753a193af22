using System.Text;

namespace Prometheus;

public sealed class Gauge : Collector<Gauge.Child>, IGauge
{
    internal Gauge(string name, string help, string[] labelNames, bool suppressInitialValue)
        : base(name, help, labelNames)
    {
        if (labelNames.Length == 0 && !suppressInitialValue)
            _ = Unlabelled;
    }

    public double Value => Unlabelled.Value;

    private protected override string TypeName => "gauge";

    public void Inc(double increment = 1) => Unlabelled.Inc(increment);

    public void Dec(double decrement = 1) => Unlabelled.Dec(decrement);

    public void Set(double val) => Unlabelled.Set(val);

    private protected override Child NewChild(string[] labelValues) => new(labelValues);

    private protected override void WriteChild(StringBuilder text, Child child) => WriteSample(text, "", child, child.Value);

    public sealed class Child : ChildBase, IGauge
    {
        private Amount _amount;

        internal Child(string[] labelValues)
            : base(labelValues)
        {
        }

        public double Value => _amount.Value;

        public void Inc(double increment = 1) => _amount.Add(increment);

        public void Dec(double decrement = 1) => _amount.Add(-decrement);

        public void Set(double val) => _amount.Value = val;
    }
}
