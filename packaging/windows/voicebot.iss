; Voicebot's installer for Windows, by Inno Setup 6: iscc /DVersion=0.1.0 packaging\windows\voicebot.iss
; after `python packaging\package.py`, whose frozen program it takes. For one person, so that no administrator is asked.

#ifndef Version
  #define Version "0.1.0"
#endif
#define Program "..\..\build\frozen\voicebot"

[Setup]
AppId={{0A6C7E0B-5B0D-4C7A-9E5A-6C1A7B1E5D21}
AppName=Voicebot
AppVersion={#Version}
AppPublisher=The Voicebot authors
DefaultDirName={autopf}\Voicebot
DefaultGroupName=Voicebot
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
OutputDir=..\..\dist
OutputBaseFilename=voicebot-{#Version}-windows-x86_64
SetupIconFile=..\..\build\frozen\voicebot.ico
UninstallDisplayIcon={app}\Voicebot-window.exe
LicenseFile=..\..\LICENSE
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes
ChangesAssociations=yes
; signed when the workflow has a certificate: iscc /Ssigntool=... /DSign
#ifdef Sign
SignTool=signtool
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "ko"; MessagesFile: "compiler:Languages\Korean.isl"

[CustomMessages]
en.Transcribe=Transcribe with Voicebot
ko.Transcribe=Voicebot으로 받아쓰기
en.AssociateAudio=Offer “Transcribe with Voicebot” for recordings and films
ko.AssociateAudio=녹음과 동영상 메뉴에 “Voicebot으로 받아쓰기” 넣기
en.DeleteData=Delete your conversations, recordings, models, settings and keys too?
ko.DeleteData=대화, 녹음, 모델, 설정, 키도 모두 지울까요?

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: "transcribe"; Description: "{cm:AssociateAudio}"

[Files]
Source: "{#Program}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\Voicebot"; Filename: "{app}\Voicebot-window.exe"; AppUserModelID: "io.github.voicebot.Voicebot"
Name: "{autodesktop}\Voicebot"; Filename: "{app}\Voicebot-window.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\SystemFileAssociations\audio\shell\Voicebot"; ValueType: string; ValueName: "MUIVerb"; ValueData: "{cm:Transcribe}"; Flags: uninsdeletekey; Tasks: transcribe
Root: HKA; Subkey: "Software\Classes\SystemFileAssociations\audio\shell\Voicebot\command"; ValueType: string; ValueData: """{app}\Voicebot-window.exe"" window --transcribe ""%1"""; Tasks: transcribe
Root: HKA; Subkey: "Software\Classes\SystemFileAssociations\video\shell\Voicebot"; ValueType: string; ValueName: "MUIVerb"; ValueData: "{cm:Transcribe}"; Flags: uninsdeletekey; Tasks: transcribe
Root: HKA; Subkey: "Software\Classes\SystemFileAssociations\video\shell\Voicebot\command"; ValueType: string; ValueData: """{app}\Voicebot-window.exe"" window --transcribe ""%1"""; Tasks: transcribe

[Run]
Filename: "{app}\Voicebot-window.exe"; Description: "{cm:LaunchProgram,Voicebot}"; Flags: nowait postinstall skipifsilent

[Code]
procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Status: Integer;
begin
  if Step = usUninstall then begin
    RegDeleteValue(HKEY_CURRENT_USER, 'Software\Microsoft\Windows\CurrentVersion\Run', 'Voicebot');
    if not UninstallSilent then
      if MsgBox(CustomMessage('DeleteData'), mbConfirmation, MB_YESNO or MB_DEFBUTTON2) = IDYES then
        Exec(ExpandConstant('{app}\voicebot.exe'), 'data remove --yes', '', SW_HIDE, ewWaitUntilTerminated, Status);
  end;
end;
