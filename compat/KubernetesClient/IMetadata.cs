namespace k8s;

public interface IMetadata<TMetadata>
{
    TMetadata Metadata { get; set; }
}
