#!/usr/bin/env bash
# Builds everything and runs all tests: once as they are, the engine's also at every kernel level, and the readers
# against damaged files. Ends with the line "N passed, N failed, N skipped".
#   eng/test.sh           everything
#   eng/test.sh --quick   each test once, no fuzzing
set -uo pipefail
cd "$(dirname "$0")/.."

quick=false
[ "${1:-}" = "--quick" ] && quick=true
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
passed=0 failed=0 skipped=0

# Real data, where it lies beside the repository; tests that need it skip otherwise.
if [ -z "${T2M_DATA:-}" ] && [ -d ../shared/data ]; then T2M_DATA=$(cd ../shared/data && pwd); fi
if [ -n "${T2M_DATA:-}" ]; then
    export T2M_DATA
    echo "data: T2M_DATA is set"
else
    echo "data: none (T2M_DATA is not set); tests on real data skip"
fi

# Peers that some tests compare with.
python=$(command -v /usr/bin/python3 || command -v python3 || true)
for module in numpy sklearn torch onnx PIL; do
    if [ -n "$python" ] && "$python" -c "import $module" 2>/dev/null; then
        echo "peer: $module"
    else
        echo "peer: $module is absent; its tests skip"
    fi
done

[ -d tests/Onnx/node_modules ] && echo "peer: onnxruntime-node" ||
    echo "peer: onnxruntime-node is absent (npm ci --ignore-scripts in tests/Onnx); its tests skip"

# The adapters' packages are not in every package source: they fall back to surface projects of their own.
adapters=real
if ! restore=$(dotnet restore -p:T2MAdapters=real 2>&1); then
    adapters=surface
    missing=$(grep -oE "NU110[0-9][^']*package '?[A-Za-z.]+" <<<"$restore" | grep -oE '[A-Za-z.]+$' | sort -u |
        paste -sd' ')
    echo "adapters: surface, as this package source lacks: $missing"
    if ! dotnet restore -p:T2MAdapters=surface; then echo "0 passed, 1 failed, 0 skipped"; exit 1; fi
fi
if ! dotnet build -c Release --no-restore -p:T2MAdapters=$adapters -clp:NoSummary -v q; then
    echo "The build failed."
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
fi

# run NAME PROJECT [ENVIRONMENT…]: one test program, its totals added up.
run() {
    local name=$1 project=$2 output total
    shift 2
    output=$(env "$@" dotnet "tests/$project/bin/Release/net10.0/$project.dll" -noLogo -noColor 2>&1)
    total=$(grep -oE 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' <<<"$output" | tail -1)
    if [ -z "$total" ]; then
        echo "$output" | tail -40
        echo "$name: the test program ended without a result"
        failed=$((failed + 1))
        return
    fi
    local numbers
    read -ra numbers <<<"$(grep -oE '[0-9]+' <<<"$total" | paste -sd' ')"
    local bad=$((numbers[1] + numbers[2]))
    passed=$((passed + numbers[0] - bad - numbers[3]))
    failed=$((failed + bad))
    skipped=$((skipped + numbers[3]))
    [ "$bad" -gt 0 ] && echo "$output" | grep -vE '\[SKIP\]' | tail -80
    echo "$output" | grep -E -A1 '\[SKIP\]' | grep -vE '^--$' | sed 's/^ *//' | paste - - | sed "s/^/  skipped: /" |
        sort | uniq -c | sort -rn | head -20
    echo "$name: $total"
}

for project in ML.TextToModel.{Architecture,Tensors}.Tests ML.TextToModel.Tests \
    ML.TextToModel.{Llm,Cli,MLNet,SemanticKernel}.Tests; do
    run "$project" "$project" T2M_LEVEL=default
done
if ! $quick; then
    # The runtime's own switches: 256 bits, 128 bits, no vector instructions.
    for switch in DOTNET_EnableAVX512 DOTNET_EnableAVX2 DOTNET_EnableHWIntrinsic; do
        run "ML.TextToModel.Tensors.Tests with $switch=0" ML.TextToModel.Tensors.Tests $switch=0
    done
    if dotnet tests/ML.TextToModel.Fuzz/bin/Release/net10.0/ML.TextToModel.Fuzz.dll --seconds 30; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
