namespace k8s.Models;

public interface ISpec<TSpec>
{
    TSpec Spec { get; set; }
}
