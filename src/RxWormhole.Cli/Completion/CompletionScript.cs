using System.Collections.Immutable;

namespace RxWormhole.Cli;

/// <summary>The scripts for shells. Each asks <c>rxwormhole complete</c> and shows what it says.</summary>
internal static class CompletionScript
{
    internal static readonly ImmutableArray<string> Shells = ["bash", "zsh", "fish", "pwsh"];

    /// <exception cref="FailedException">There is none for this shell.</exception>
    internal static string Of(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        "pwsh" or "powershell" => PowerShell,
        _ => throw new FailedException(ExitCode.Usage, $"There is no script for '{shell}'.", $"There are some for {string.Join(", ", Shells)}."),
    };

    // A candidate that ends with a hyphen goes on: no space behind it.
    private const string Bash = """
        # bash completion of rxwormhole. For now: source <(rxwormhole completion bash)
        # For ever: rxwormhole completion bash > ~/.local/share/bash-completion/completions/rxwormhole
        _rxwormhole() {
            local current=${COMP_WORDS[COMP_CWORD]} line
            COMPREPLY=()
            while IFS= read -r line; do
                case $line in
                    :files)
                        compopt -o filenames 2>/dev/null
                        while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "${current#=}") ;;
                    :folders)
                        compopt -o filenames 2>/dev/null
                        while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "${current#=}") ;;
                    *-)
                        compopt -o nospace 2>/dev/null
                        COMPREPLY+=("$line") ;;
                    *) COMPREPLY+=("$line") ;;
                esac
            done < <("${COMP_WORDS[0]}" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null </dev/null)
        }
        complete -F _rxwormhole rxwormhole

        """;

    private const string Zsh = """
        #compdef rxwormhole
        # zsh completion of rxwormhole. For now: source <(rxwormhole completion zsh)
        # For ever: rxwormhole completion zsh > a folder of $fpath, as _rxwormhole
        _rxwormhole() {
            local line
            local -a whole open
            for line in "${(@f)$("${words[1]}" complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null </dev/null)}"; do
                case $line in
                    '') ;;
                    :files) [[ $words[CURRENT] == --*=* ]] && compset -P '*='; _files ;;
                    :folders) [[ $words[CURRENT] == --*=* ]] && compset -P '*='; _files -/ ;;
                    *-) open+=("$line") ;;
                    *) whole+=("$line") ;;
                esac
            done
            (( ${#whole} )) && compadd -- "${whole[@]}"
            (( ${#open} )) && compadd -S '' -- "${open[@]}"
            return 0
        }
        if [[ ${funcstack[1]} == _rxwormhole ]]; then
            _rxwormhole "$@"
        else
            compdef _rxwormhole rxwormhole
        fi

        """;

    private const string Fish = """
        # fish completion of rxwormhole. For now: rxwormhole completion fish | source
        # For ever: rxwormhole completion fish > ~/.config/fish/completions/rxwormhole.fish
        function __rxwormhole_complete
            set -l typed (commandline -opc)
            set -l current (commandline -ct)
            for line in ($typed[1] complete -- $typed[2..-1] "$current" 2>/dev/null </dev/null)
                switch $line
                    case ':files'
                        __fish_complete_path "$current"
                    case ':folders'
                        __fish_complete_directories "$current"
                    case '*'
                        echo $line
                end
            end
        end
        complete -c rxwormhole -f -a '(__rxwormhole_complete)'

        """;

    private const string PowerShell = """
        # PowerShell completion of rxwormhole. For now: rxwormhole completion pwsh | Out-String | Invoke-Expression
        # For ever: put that line into $PROFILE. Codes are completed from PowerShell 7.3 on, which passes an empty word.
        Register-ArgumentCompleter -Native -CommandName rxwormhole -ScriptBlock {
            param($current, $ast, $position)
            $typed = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | Select-Object -Skip 1 | ForEach-Object { "$_" })
            $program = "$($ast.CommandElements[0])"
            & $program complete '--' @typed "$current" 2>$null | ForEach-Object {
                switch ($_) {
                    ':files' { [System.Management.Automation.CompletionCompleters]::CompleteFilename($current) }
                    ':folders' { [System.Management.Automation.CompletionCompleters]::CompleteFilename($current) | Where-Object ResultType -eq 'ProviderContainer' }
                    default { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
                }
            }
        }

        """;
}
