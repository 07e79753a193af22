namespace k8s;

public interface ISpec<TSpec>
{
    TSpec Spec { get; set; }
}
