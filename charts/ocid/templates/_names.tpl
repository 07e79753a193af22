{{/* Labels of every object. */}}
{{- define "ocid.labels" -}}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: ocid
{{- end }}

{{/* What selects the agent's pods; a DaemonSet's selector can never change, so neither version nor value is in it. */}}
{{- define "ocid.agent.selector" -}}
app.kubernetes.io/name: ocid
app.kubernetes.io/component: agent
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "ocid.operator.selector" -}}
app.kubernetes.io/name: ocid
app.kubernetes.io/component: operator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* The reference of an image: `list $ "agent"`. The schema cannot say why a tag is refused. */}}
{{- define "ocid.image" -}}
{{- $ := index . 0 -}}
{{- $image := index $.Values (index . 1) "image" -}}
{{- if eq $image.tag "latest" }}{{ fail (printf "%s.image.tag: latest is refused, because what it names changes under a roll-out: give a version, or %s.image.digest" (index . 1) (index . 1)) }}{{ end -}}
{{- $registry := coalesce $.Values.global.imageRegistry $.Values.image.registry | required "image.registry: name the registry that the images were pushed to (README.md, Images)" -}}
{{- printf "%s/%s" $registry $image.repository -}}
{{- if $image.digest }}@{{ $image.digest }}{{ else }}:{{ $image.tag | default $.Chart.AppVersion }}{{ end -}}
{{- end }}

{{- define "ocid.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{/* What Pod Security calls restricted: of a pod, and of a container. */}}
{{- define "ocid.restricted.pod" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "ocid.restricted.container" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}
