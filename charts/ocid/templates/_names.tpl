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

{{- define "ocid.agent.image" -}}
{{- $registry := required "image.registry: name the registry that the images were pushed to (README.md, Images)" .Values.image.registry -}}
{{- $image := .Values.agent.image -}}
{{- printf "%s/%s" $registry $image.repository -}}
{{- if $image.digest }}@{{ $image.digest }}{{ else }}:{{ $image.tag | default .Chart.AppVersion }}{{ end -}}
{{- end }}
